// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Severity;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.gateway.intent.AlertIntent;
import io.heal8s.gateway.intent.AlertIntent.CreateRemediation;
import io.heal8s.gateway.intent.AlertIntent.MarkResolved;
import io.heal8s.gateway.intent.AlertIntent.Skip;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.IncomingAlert.Status;
import io.heal8s.gateway.intent.SkipReason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlertRouterTest {

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final AlertRouter ROUTER = new AlertRouter();

  record Skipped(String because, IncomingAlert alert, SkipReason expected) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Skipped> skipped() {
    String oom = "alertname=KubePodOOMKilled";
    return Stream.of(
        new Skipped(
            "a status that nobody knows is not firing",
            Samples.alert(Status.Unknown, oom, "namespace=shop", "deployment=web"),
            SkipReason.NotFiring),
        new Skipped(
            "an end without a namespace concerns no Remediation",
            Samples.alert(Status.Resolved, oom),
            SkipReason.NotFiring),
        new Skipped(
            "without a name no route can match",
            Samples.firing("namespace=shop", "deployment=web"),
            SkipReason.NoAlertName),
        new Skipped(
            "routes are exact and case-sensitive",
            Samples.firing("alertname=kubepodoomkilled", "namespace=shop", "deployment=web"),
            SkipReason.NoRoute),
        new Skipped(
            "the route is looked for before the namespace is missed",
            Samples.firing("alertname=Other"),
            SkipReason.NoRoute),
        new Skipped(
            "no place for the Remediation",
            Samples.firing(oom, "deployment=web"),
            SkipReason.NoNamespace),
        new Skipped(
            "a namespace becomes a path of a request",
            Samples.firing(oom, "namespace=../kube-system", "deployment=web"),
            SkipReason.UnusableTarget),
        new Skipped(
            "nothing to repair",
            Samples.firing(oom, "namespace=shop", "instance=10.0.0.1:80"),
            SkipReason.NoTarget),
        new Skipped(
            "a name that no object can have",
            Samples.firing(oom, "namespace=shop", "deployment=web/status"),
            SkipReason.UnusableTarget),
        new Skipped(
            "an unusable first label does not hand over to the next",
            Samples.firing(oom, "namespace=shop", "deployment=Web", "pod=web-1"),
            SkipReason.UnusableTarget),
        new Skipped(
            "cAdvisor's pause container is nobody's to repair",
            Samples.firing(oom, "namespace=shop", "pod=web-1", "container=POD"),
            SkipReason.UnusableTarget));
  }

  @ParameterizedTest
  @MethodSource("skipped")
  void leavesAlone(Skipped example) {
    AlertIntent intent = route(example.alert(), Samples.BUILT_IN);
    assertThat(intent)
        .as(example.because())
        .isInstanceOfSatisfying(
            Skip.class,
            skip -> {
              assertThat(skip.reason()).isEqualTo(example.expected());
              assertThat(skip.message()).isNotBlank();
            });
  }

  record Targeted(String because, List<String> labels, Target expected) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Targeted> targets() {
    return Stream.of(
        new Targeted(
            "a deployment wins over everything below it",
            List.of(
                "pod=web-1",
                "job_name=j",
                "replicaset=web-7f",
                "statefulset=db",
                "deployment=web",
                "container=app"),
            target(null, "Deployment", "web", "app")),
        new Targeted(
            "then the stateful set",
            List.of("pod=db-0", "statefulset=db"),
            target(null, "StatefulSet", "db", null)),
        new Targeted(
            "the daemon set",
            List.of("daemonset=agent", "pod=agent-x"),
            target(null, "DaemonSet", "agent", null)),
        new Targeted(
            "a replica set is named as it is; the operator finds its owner",
            List.of("replicaset=web-7f", "pod=web-7f-x"),
            target(null, "ReplicaSet", "web-7f", null)),
        new Targeted(
            "an autoscaler, although kube-state-metrics adds its own pod",
            List.of("horizontalpodautoscaler=web", "pod=kube-state-metrics-5b7-x"),
            target("autoscaling/v2", "HorizontalPodAutoscaler", "web", null)),
        new Targeted(
            "a job by the label that is not Prometheus' own job label",
            List.of("job_name=nightly-1", "job=kube-state-metrics", "pod=kube-state-metrics-x"),
            target("batch/v1", "Job", "nightly-1", null)),
        new Targeted(
            "a pod alone, as the shipped OOM rule has it",
            List.of("pod=web-7f9c-abcde", "container=app"),
            target("v1", "Pod", "web-7f9c-abcde", "app")),
        new Targeted(
            "empty labels are labels that are not there",
            List.of("deployment=", "pod=web-1", "container="),
            target("v1", "Pod", "web-1", null)));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void readsTheTargetFromLabels(Targeted example) {
    String[] labels =
        Stream.concat(
                Stream.of("alertname=KubePodOOMKilled", "namespace=shop"),
                example.labels().stream())
            .toArray(String[]::new);
    assertThat(spec(Samples.firing(labels), Samples.BUILT_IN).target())
        .as(example.because())
        .isEqualTo(example.expected());
  }

  @Test
  void buildsWhatTheFirstReleaseBuilt() {
    IncomingAlert alert =
        Samples.firing(
            "alertname=KubePodOOMKilled",
            "namespace=shop",
            "deployment=web",
            "container=app",
            "severity=critical",
            "environment=prod");
    AlertIntent intent = route(alert, Samples.BUILT_IN);
    assertThat(intent)
        .isInstanceOfSatisfying(
            CreateRemediation.class,
            create -> {
              assertThat(create.namespace()).isEqualTo("shop");
              assertThat(create.labels())
                  .isEqualTo(
                      Map.of(
                          "k8s-healer.io/alert",
                          "KubePodOOMKilled",
                          "k8s-healer.io/target",
                          "web",
                          "k8s-healer.io/fingerprint",
                          "c0ffee"));
              assertThat(create.spec())
                  .isEqualTo(
                      new RemediationSpec(
                          new Alert(
                              "KubePodOOMKilled",
                              "c0ffee",
                              "alertmanager",
                              Severity.critical,
                              "c0ffee-1772359200",
                              Samples.START,
                              "{\"a\":1}"),
                          null,
                          target(null, "Deployment", "web", "app"),
                          ActionSpec.of(
                              ActionType.IncreaseMemory,
                              Map.of("memoryIncreasePercent", "25", "maxMemory", "2Gi")),
                          new Strategy(Mode.GitOps, true, "prod", "24h"),
                          null,
                          TRACE,
                          null,
                          null,
                          null));
            });
  }

  record Named(String because, IncomingAlert other, boolean same) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Named> names() {
    IncomingAlert base = Samples.firing(WEB);
    return Stream.of(
        new Named("a resend is the same Remediation", base, true),
        new Named(
            "another payload, such as a new annotation, is still the same firing",
            new IncomingAlert(
                "grafana", Status.Firing, base.labels(), "c0ffee", Samples.START, null, "{}"),
            true),
        new Named(
            "the same instant in another offset",
            new IncomingAlert(
                "alertmanager",
                Status.Firing,
                base.labels(),
                "c0ffee",
                Samples.START.withOffsetSameInstant(java.time.ZoneOffset.ofHours(2)),
                null,
                "{}"),
            true),
        new Named(
            "two workloads that fire in the same second are two",
            Samples.firing("alertname=KubePodOOMKilled", "namespace=shop", "deployment=api"),
            false));
  }

  private static final String[] WEB = {
    "alertname=KubePodOOMKilled", "namespace=shop", "deployment=web"
  };

  @ParameterizedTest
  @MethodSource("names")
  void namesAreTheDeduplication(Named example) {
    assertThat(nameOf(example.other()).equals(nameOf(Samples.firing(WEB))))
        .as(example.because())
        .isEqualTo(example.same());
  }

  @Test
  void aRouteMaySayHowAndTheLabelOnlyFillsWhatItLeavesOpen() {
    Strategy direct = new Strategy(Mode.Direct, false, "staging", "2h");
    NamespaceRules rules =
        rules(
            new Route("*", null, null, ActionSpec.of(ActionType.ScaleUp, Map.of()), direct, null));
    IncomingAlert alert =
        Samples.firing("alertname=Any", "namespace=shop", "deployment=web", "environment=prod");
    assertThat(spec(alert, rules).strategy())
        .as("who may write a policy is trusted more than who may send an alert")
        .isEqualTo(direct);
  }

  @Test
  void foreignTextIsCleanedBeforeItIsStored() {
    IncomingAlert hostile =
        new IncomingAlert(
            "alertmanager",
            Status.Firing,
            Map.of(
                "alertname", "Bad\u0000\u001b[31m\ud800Name",
                "namespace", "shop",
                "deployment", "web",
                "environment", "x".repeat(5000)),
            "../../etc\n",
            null,
            null,
            "{}");
    NamespaceRules rules = rules(Samples.route("*", null, null));
    AlertIntent intent = route(hostile, rules);
    assertThat(intent)
        .isInstanceOfSatisfying(
            CreateRemediation.class,
            create -> {
              Alert alert = java.util.Objects.requireNonNull(create.spec().alert());
              assertThat(alert.name()).isEqualTo("Bad[31mName");
              assertThat(alert.fingerprint()).isEqualTo("../../etc");
              assertThat(alert.alertId()).isEqualTo("../../etc");
              assertThat(create.spec().strategy().environment()).hasSize(1024);
              assertThat(create.labels())
                  .containsEntry("k8s-healer.io/fingerprint", "etc")
                  .containsEntry("k8s-healer.io/alert", "Bad---31m-Name");
            });
  }

  @Test
  void anEndIsMatchedByFingerprintAndStart() {
    IncomingAlert alert = Samples.alert(Status.Resolved, "alertname=Gone", "namespace=shop");
    assertThat(route(alert, Samples.BUILT_IN))
        .as("even when no route knows the alert any more")
        .isEqualTo(new MarkResolved("shop", "c0ffee", Samples.START, null));
  }

  private static AlertIntent route(IncomingAlert alert, NamespaceRules rules) {
    return ROUTER.route(new AlertSnapshot(alert, rules, TRACE));
  }

  private static RemediationSpec spec(IncomingAlert alert, NamespaceRules rules) {
    return ((CreateRemediation) route(alert, rules)).spec();
  }

  private static String nameOf(IncomingAlert alert) {
    return ((CreateRemediation) route(alert, Samples.BUILT_IN)).name().base();
  }

  private static NamespaceRules rules(Route... routes) {
    RemediationPolicySpec spec =
        new RemediationPolicySpec(
            List.of(routes),
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
            null,
            null,
            null,
            null,
            null,
            null);
    return NamespaceRules.of(EffectivePolicy.of(spec, null));
  }

  private static Target target(
      @Nullable String apiVersion, String kind, String name, @Nullable String container) {
    return new Target(apiVersion, kind, name, "shop", container);
  }
}
