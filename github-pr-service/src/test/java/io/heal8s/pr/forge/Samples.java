// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Revert;
import io.heal8s.core.api.k8shealer.remediation.Severity;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.pr.intent.OwnedStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Remediation as the operator leaves it to this service, and the manifest that it is about. */
public final class Samples {

  /** Path of the limit that the plan raises. */
  public static final String LIMIT =
      "spec.template.spec.containers[name=api].resources.limits.memory";

  /** When the gate let the plan through. */
  public static final OffsetDateTime GATED = OffsetDateTime.parse("2026-03-01T09:59:30Z");

  /** A manifest of two documents, with comments and an order of keys that must stay. */
  public static final String MANIFEST =
      """
      # The shop. Ask the team before you touch it.
      apiVersion: v1
      kind: Service
      metadata: {name: api, namespace: shop}
      spec:
        ports: [{port: 80}]
      ---
      kind: Deployment   # the API
      apiVersion: apps/v1
      metadata:
        name: api
        namespace: shop
      spec:
        replicas: 2
        template:
          spec:
            containers:
              - name: api
                image: "registry.example/shop/api:1.4"
                resources:
                  limits:
                    memory: 256Mi  # measured in March
      """;

  private Samples() {}

  /** The manifest with another memory limit. */
  public static String manifest(String memory) {
    return MANIFEST.replace("memory: 256Mi", "memory: " + memory);
  }

  /** A planned and gated Remediation that raises the limit from 256Mi to 320Mi. */
  public static Remediation planned(Repository repository) {
    return planned(repository, "rem-oom-0123456789abcdef");
  }

  /** The same under another name. */
  public static Remediation planned(Repository repository, String name) {
    V1ObjectMeta metadata =
        new V1ObjectMeta()
            .namespace("shop")
            .name(name)
            .uid("uid-of-" + name)
            .generation(1L)
            .resourceVersion("1")
            .creationTimestamp(OffsetDateTime.parse("2026-03-01T09:59:00Z"));
    RemediationSpec spec =
        new RemediationSpec(
            new Alert(
                "KubePodOOMKilled",
                "f1f1f1",
                "alertmanager",
                Severity.critical,
                "f1f1f1-1772359140",
                OffsetDateTime.parse("2026-03-01T09:58:30Z"),
                "{\"annotations\":{\"summary\":\"api was OOM killed\"},\"labels\":{\"pod\":\"api-1\"}}"),
            null,
            new Target("apps/v1", "Deployment", "api", "shop", "api"),
            ActionSpec.of(ActionType.IncreaseMemory, Map.of()),
            new Strategy(Strategy.Mode.GitOps, true, null, null),
            null,
            null,
            null,
            null,
            null);
    Plan plan =
        new Plan(
            "plan-1",
            "test",
            List.of(Change.of(LIMIT, "256Mi", "320Mi", Change.ValueType.string)),
            null,
            null,
            "set the limit back to 256Mi",
            repository);
    Condition gated =
        new Condition("Gated", Condition.Status.True, 1L, GATED, "ReadyToAct", "the plan may act");
    RemediationStatus status =
        new RemediationStatus(
            1L,
            Phase.Pending,
            "ReadyToAct",
            null,
            new ResolvedTarget("apps/v1", "Deployment", "shop", "api", "uid-api", "api"),
            null,
            plan,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(gated));
    return new Remediation(Remediation.API_VERSION, Remediation.KIND, metadata, spec, status);
  }

  /** The same Remediation with another status. */
  public static Remediation with(Remediation remediation, RemediationStatus status) {
    return new Remediation(
        remediation.apiVersion(),
        remediation.kind(),
        remediation.metadata(),
        remediation.spec(),
        status);
  }

  /** The same Remediation after this service wrote its part of the status. */
  public static Remediation recorded(Remediation remediation, OwnedStatus status) {
    RemediationStatus s = remediation.statusOrEmpty();
    List<Condition> conditions =
        Stream.concat(
                s.conditions().stream()
                    .filter(
                        c -> OwnedStatus.TYPES.stream().noneMatch(t -> t.name().equals(c.type()))),
                status.conditions().stream())
            .toList();
    return with(
        remediation,
        new RemediationStatus(
            s.observedGeneration(),
            s.phase(),
            s.reason(),
            s.message(),
            s.target(),
            s.joinedTo(),
            s.plan(),
            s.intent(),
            s.applied(),
            s.verification(),
            s.attempts(),
            status.pullRequest(),
            s.revert(),
            status.revertPullRequest(),
            status.prNumber(),
            status.prUrl(),
            status.commitSHA(),
            s.appliedAt(),
            s.resolvedAt(),
            s.lastUpdateTime(),
            conditions));
  }

  /** What the operator writes when it ends a Remediation. */
  public static Remediation ended(Remediation remediation, Phase phase) {
    return with(remediation, changed(remediation.statusOrEmpty(), phase, null));
  }

  /** What the operator writes when a merged change is to be taken back. */
  public static Remediation reverting(Remediation remediation, Change... changes) {
    Revert revert =
        new Revert(
            List.of(changes),
            "not healthy within 10m",
            OffsetDateTime.parse("2026-03-01T11:00:00Z"));
    return with(remediation, changed(remediation.statusOrEmpty(), Phase.Applying, revert));
  }

  /** The same repository under a name that does not exist beside it. */
  public static Repository elsewhere(Repository r, String name) {
    String address = r.repository().substring(0, r.repository().lastIndexOf('/') + 1) + name;
    return changed(r, address, r.baseBranch(), r.path(), r.credentials());
  }

  /** The same repository with another base branch. */
  public static Repository onBranch(Repository r, String branch) {
    return changed(r, r.repository(), branch, r.path(), r.credentials());
  }

  /** The same repository with another file. */
  public static Repository at(Repository r, String path) {
    return changed(r, r.repository(), r.baseBranch(), path, r.credentials());
  }

  /** The same repository with other credentials. */
  public static Repository withCredentials(Repository r, String name) {
    return changed(r, r.repository(), r.baseBranch(), r.path(), name);
  }

  /** Another repository in the same way. */
  public static Repository addressed(Repository r, String address) {
    return changed(r, address, r.baseBranch(), r.path(), r.credentials());
  }

  private static Repository changed(
      Repository r, String address, String branch, String path, @Nullable String credentials) {
    return new Repository(
        r.forge(),
        address,
        branch,
        path,
        r.values(),
        r.reviewers(),
        r.labels(),
        r.autoMerge(),
        credentials,
        r.titleTemplate());
  }

  /** The same with a plan of these changes. */
  public static Remediation planning(Remediation remediation, Change... changes) {
    RemediationStatus s = remediation.statusOrEmpty();
    Plan old = Objects.requireNonNull(s.plan());
    Plan plan =
        new Plan(
            "plan-2", old.cluster(), List.of(changes), null, null, old.undo(), old.repository());
    return with(remediation, replaced(s, s.phase(), plan, s.revert(), s.conditions()));
  }

  /** What the operator writes of where it stands. */
  public static Remediation told(
      Remediation remediation, boolean gated, Phase phase, String reason) {
    return told(remediation, gated, phase, reason, GATED);
  }

  /** Held back by the operator at that time. */
  public static Remediation held(Remediation remediation, Instant at) {
    return told(
        remediation,
        false,
        Phase.Pending,
        "Cooldown",
        OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
  }

  private static Remediation told(
      Remediation remediation, boolean gated, Phase phase, String reason, OffsetDateTime since) {
    RemediationStatus s = remediation.statusOrEmpty();
    Condition consent =
        new Condition(
            "Gated",
            gated ? Condition.Status.True : Condition.Status.False,
            1L,
            since,
            reason,
            reason);
    List<Condition> conditions =
        Stream.concat(
                s.conditions().stream().filter(c -> !c.type().equals("Gated")), Stream.of(consent))
            .toList();
    return with(remediation, replaced(s, phase, s.plan(), s.revert(), conditions));
  }

  /** The same without the gate's consent. */
  public static Remediation ungated(Remediation remediation) {
    RemediationStatus s = remediation.statusOrEmpty();
    List<Condition> others =
        s.conditions().stream().filter(c -> !c.type().equals("Gated")).toList();
    return with(remediation, replaced(s, s.phase(), s.plan(), s.revert(), others));
  }

  private static RemediationStatus changed(
      RemediationStatus s, Phase phase, @Nullable Revert revert) {
    return replaced(s, phase, s.plan(), revert == null ? s.revert() : revert, s.conditions());
  }

  private static RemediationStatus replaced(
      RemediationStatus s,
      @Nullable Phase phase,
      @Nullable Plan plan,
      @Nullable Revert revert,
      List<Condition> conditions) {
    return new RemediationStatus(
        s.observedGeneration(),
        phase,
        s.reason(),
        s.message(),
        s.target(),
        s.joinedTo(),
        plan,
        s.intent(),
        s.applied(),
        s.verification(),
        s.attempts(),
        s.pullRequest(),
        revert,
        s.revertPullRequest(),
        s.prNumber(),
        s.prUrl(),
        s.commitSHA(),
        s.appliedAt(),
        s.resolvedAt(),
        s.lastUpdateTime(),
        conditions);
  }
}
