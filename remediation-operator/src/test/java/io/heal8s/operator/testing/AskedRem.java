// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.testing;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Detector;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Severity;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.api.k8shealer.remediation.Verify;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Remediation in the making asks for, by whom and in which way. */
abstract class AskedRem {

  private final V1ObjectMeta metadata = new V1ObjectMeta();
  private final Map<String, String> annotations = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();
  private final Map<String, String> params = new HashMap<>();

  private ActionType action = ActionType.IncreaseMemory;
  private String alert = "KubePodOOMKilled";
  private Instant startsAt = Rem.T0;
  private @Nullable Detector detector;
  private Strategy.Mode mode = Strategy.Mode.GitOps;
  private @Nullable Boolean approval;
  private String ttl = "24h";
  private String targetNamespace = "shop";
  private @Nullable Verify verify;
  private Target named = new Target(null, "Deployment", "api", "shop", "api");
  private @Nullable Map<String, Object> arguments;
  private @Nullable ArgumentsFrom argumentsFrom;
  private @Nullable String account;
  private @Nullable List<ActionSpec> escalate;

  AskedRem(String name) {
    metadata.setName(name);
    metadata.setNamespace("shop");
    metadata.setUid("uid-" + name);
    metadata.setResourceVersion("1");
    metadata.setGeneration(1L);
    metadata.setCreationTimestamp(Rem.time(Duration.ZERO));
  }

  /** The whole of it. */
  abstract Rem self();

  final Strategy.Mode mode() {
    return mode;
  }

  final ActionSpec asked() {
    return new ActionSpec(action, params, arguments, argumentsFrom);
  }

  /** The object with that status. */
  final Remediation with(@Nullable RemediationStatus status) {
    metadata.setAnnotations(annotations.isEmpty() ? null : annotations);
    metadata.setLabels(labels.isEmpty() ? null : labels);
    Alert asked =
        detector == null
            ? new Alert(
                alert,
                "f1",
                "alertmanager",
                Severity.critical,
                null,
                startsAt.atOffset(ZoneOffset.UTC),
                null)
            : null;
    RemediationSpec spec =
        new RemediationSpec(
            asked,
            detector,
            new Target(
                named.apiVersion(), named.kind(), named.name(), targetNamespace, named.container()),
            asked(),
            new Strategy(mode, approval, null, ttl),
            null,
            null,
            verify,
            escalate,
            account);
    return new Remediation(Remediation.API_VERSION, Remediation.KIND, metadata, spec, status);
  }

  public Rem asks(String apiVersion, String kind, String name) {
    this.named = new Target(apiVersion, kind, name, "shop", null);
    return self();
  }

  public Rem arguments(Map<String, Object> value) {
    this.arguments = value;
    return self();
  }

  public Rem from(ArgumentsFrom value) {
    this.argumentsFrom = value;
    return self();
  }

  /** Fired by TargetApp web at that time, as the action at that position of its list. */
  public Rem firedBy(String at, int index) {
    detector("TargetApp");
    param("timestamp", at);
    return from(new ArgumentsFrom("TargetApp", "web", "uid-web", index, "sha"));
  }

  public Rem as(String serviceAccount) {
    this.account = serviceAccount;
    return self();
  }

  public Rem in(String namespace) {
    metadata.setNamespace(namespace);
    return self();
  }

  public Rem targetNamespace(String namespace) {
    this.targetNamespace = namespace;
    return self();
  }

  public Rem created(Duration offset) {
    metadata.setCreationTimestamp(Rem.time(offset));
    this.startsAt = Rem.T0.plus(offset);
    return self();
  }

  public Rem startsAt(Duration offset) {
    this.startsAt = Rem.T0.plus(offset);
    return self();
  }

  public Rem deleting() {
    metadata.setDeletionTimestamp(Rem.time(Duration.ZERO));
    return self();
  }

  public Rem generation(long generation) {
    metadata.setGeneration(generation);
    return self();
  }

  public Rem action(@Nullable ActionType type) {
    this.action = type == null ? nullAction() : type;
    return self();
  }

  // Version skew: an enum value that this build does not know is read as null.
  @SuppressWarnings("NullAway")
  private static ActionType nullAction() {
    return null;
  }

  public Rem param(String name, String value) {
    params.put(name, value);
    return self();
  }

  public Rem alert(String name) {
    this.alert = name;
    return self();
  }

  public Rem detector(String kind) {
    return detector(kind, "Reason");
  }

  public Rem detector(String kind, String why) {
    this.detector = new Detector(kind, "d", null, why);
    return self();
  }

  public Rem direct() {
    this.mode = Strategy.Mode.Direct;
    return self();
  }

  public Rem approval(boolean required) {
    this.approval = required;
    return self();
  }

  public Rem ttl(String text) {
    this.ttl = text;
    return self();
  }

  public Rem verify(@Nullable String query, @Nullable String condition) {
    this.verify = new Verify(null, null, query, condition);
    return self();
  }

  public Rem verifyTimes(String window, String healthyFor) {
    this.verify = new Verify(window, healthyFor, null, null);
    return self();
  }

  public Rem escalate() {
    this.escalate = List.of(ActionSpec.of(ActionType.ScaleUp, Map.of()));
    return self();
  }

  public Rem annotation(String key, String value) {
    annotations.put(key, value);
    return self();
  }

  public Rem label(String key, String value) {
    labels.put(key, value);
    return self();
  }
}
