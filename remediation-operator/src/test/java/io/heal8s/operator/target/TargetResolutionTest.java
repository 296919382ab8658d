// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.operator.fakecluster.FakeCluster;
import io.heal8s.operator.intent.Action;
import io.heal8s.operator.intent.Cap;
import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetResolutionTest {

  private static final Action RESTART = new Action.RestartWorkload();
  private static final Action SCALE =
      new Action.ScaleUp(BigDecimal.TEN, new Cap(BigDecimal.TEN, "10", "test"));

  private static final FakeCluster CLUSTER =
      FakeCluster.of(
          object("apps/v1", "Deployment", "api", null),
          object("apps/v1", "ReplicaSet", "api-7d9f", "apps/v1 Deployment api"),
          object("v1", "Pod", "api-7d9f-bcdfg", "apps/v1 ReplicaSet api-7d9f"),
          object("apps/v1", "StatefulSet", "db", null),
          object("v1", "Pod", "db-0", "apps/v1 StatefulSet db"),
          object("apps/v1", "DaemonSet", "agent", null),
          object("v1", "Pod", "agent-x2z4v", "apps/v1 DaemonSet agent"),
          object("batch/v1", "CronJob", "report", null),
          object("batch/v1", "Job", "report-2931", "batch/v1 CronJob report"),
          object("v1", "Pod", "report-2931-q9w8v", "batch/v1 Job report-2931"),
          object("batch/v1", "Job", "once", null),
          object("v1", "Pod", "bare", null),
          object("v1", "Pod", "kafka-0", "core.strimzi.io/v1 StrimziPodSet kafka"),
          object("apps/v1", "ReplicaSet", "canary-55", "argoproj.io/v1alpha1 Rollout canary"),
          object("v1", "Pod", "canary-55-zzzzz", "apps/v1 ReplicaSet canary-55"),
          object("apps/v1", "ReplicaSet", "ring-a", "apps/v1 ReplicaSet ring-b"),
          object("apps/v1", "ReplicaSet", "ring-b", "apps/v1 ReplicaSet ring-a"),
          object("v1", "Pod", "orphan-11-bbbbb", "apps/v1 ReplicaSet orphan-11"),
          object("v1", "Pod", "stale-1-ccccc", "apps/v1 ReplicaSet api-7d9f other-uid"),
          object("serving.example/v1", "Gateway", "edge", null),
          autoscaler("api", "apps/v1", "Deployment", "api"),
          autoscaler("canary", "argoproj.io/v1alpha1", "Rollout", "canary"),
          autoscaler("lost", "apps/v1", "Deployment", "nowhere"));

  record Found(@Nullable String apiVersion, String kind, String name, String to, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Found> found() {
    return Stream.of(
        new Found(null, "Deployment", "api", "Deployment api", "a workload is itself"),
        new Found("apps/v1", "ReplicaSet", "api-7d9f", "Deployment api", "a ReplicaSet is owned"),
        new Found("v1", "Pod", "api-7d9f-bcdfg", "Deployment api", "pod, ReplicaSet, Deployment"),
        new Found(null, "Pod", "api-7d9f-bcdfg", "Deployment api", "a pod needs no apiVersion"),
        new Found("apps/v1", "Pod", "db-0", "StatefulSet db", "the old default apiVersion"),
        new Found("v1", "Pod", "agent-x2z4v", "DaemonSet agent", "a pod of a DaemonSet"),
        new Found("v1", "Pod", "report-2931-q9w8v", "CronJob report", "pod, Job, CronJob"),
        new Found(null, "Job", "report-2931", "CronJob report", "a Job of a CronJob"),
        new Found(null, "Job", "once", "Job once", "a Job of nobody"),
        new Found("v1", "Pod", "bare", "Pod bare", "a pod of nobody"),
        new Found("v1", "Pod", "kafka-0", "Pod kafka-0", "an owner outside apps and batch"),
        new Found("v1", "Pod", "canary-55-zzzzz", "ReplicaSet canary-55", "stops below a Rollout"),
        new Found("serving.example/v1", "Gateway", "edge", "Gateway edge", "any kind"),
        new Found(
            null, "HorizontalPodAutoscaler", "api", "Deployment api", "what an autoscaler scales"),
        new Found("v1", "Pod", "api-7d9f-ddddd", "Deployment api", "gone, by its ReplicaSet"),
        new Found("v1", "Pod", "db-7", "StatefulSet db", "gone, by its ordinal"),
        new Found("v1", "Pod", "db-24567", "StatefulSet db", "gone, an ordinal that looks made"));
  }

  @ParameterizedTest
  @MethodSource("found")
  void leadsToWhatMustChange(Found example) {
    Target target = new Target(example.apiVersion(), example.kind(), example.name(), "shop", "c");
    assertThat(resolve(target, RESTART))
        .isInstanceOfSatisfying(
            Resolution.Resolved.class,
            resolved -> {
              ResolvedTarget result = resolved.target();
              assertThat(result.kind() + " " + result.name()).isEqualTo(example.to());
              assertThat(result.namespace()).isEqualTo("shop");
              assertThat(result.uid()).isEqualTo("uid-" + result.kind() + "-" + result.name());
              assertThat(result.container()).isEqualTo("c");
              assertThat(resolved.live().uid()).isEqualTo(result.uid());
            });
  }

  record Lost(String kind, String name, TargetReason reason, String says, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Lost> lost() {
    return Stream.of(
        new Lost(
            "Deployment", "nope", TargetReason.TargetNotFound, "correct spec.target", "a typo"),
        new Lost("Pod", "nope-1-bbbbb", TargetReason.PodGone, "nothing is left", "no ReplicaSet"),
        new Lost("Pod", "api-7d9f-gone2", TargetReason.PodGone, "leads to no", "no generated end"),
        new Lost("Pod", "nope-1", TargetReason.PodGone, "nothing is left", "no StatefulSet"),
        new Lost("Pod", "nope", TargetReason.PodGone, "nothing is left", "no dash at all"),
        new Lost("Pod", "-bbbbb", TargetReason.PodGone, "nothing is left", "nothing before it"),
        new Lost(
            "Pod",
            "orphan-11-bbbbb",
            TargetReason.TargetNotFound,
            "ReplicaSet shop/orphan-11 does not exist, although Pod shop/orphan-11-bbbbb names it",
            "an owner that is gone"),
        new Lost(
            "Pod",
            "stale-1-ccccc",
            TargetReason.TargetNotFound,
            "although Pod shop/stale-1-ccccc names it",
            "another object of the owner's name is not the owner"),
        new Lost(
            "ReplicaSet",
            "ring-a",
            TargetReason.OwnerLoop,
            "its own controlling owner",
            "a circle"),
        new Lost(
            "HorizontalPodAutoscaler",
            "lost",
            TargetReason.TargetNotFound,
            "Deployment shop/nowhere does not exist",
            "an autoscaler of nothing"),
        new Lost(
            "HorizontalPodAutoscaler",
            "canary",
            TargetReason.UnsupportedTarget,
            "Rollout canary of argoproj.io/v1alpha1, which RestartWorkload cannot change",
            "an autoscaler of something unknown"));
  }

  @ParameterizedTest
  @MethodSource("lost")
  void saysWhatToChangeWhenNothingIsFound(Lost example) {
    assertStalled(
        new Target(null, example.kind(), example.name(), "shop", null),
        RESTART,
        example.reason(),
        example.says());
  }

  @Test
  void theMaximumOfAnAutoscalerCanBeRaisedWhateverItScales() {
    Target target = new Target(null, "HorizontalPodAutoscaler", "canary", "shop", null);
    assertThat(resolve(target, SCALE))
        .isInstanceOfSatisfying(
            Resolution.Resolved.class,
            resolved -> {
              assertThat(resolved.target().kind()).isEqualTo("HorizontalPodAutoscaler");
              assertThat(resolved.target().apiVersion()).isEqualTo("autoscaling/v2");
            });
  }

  @Test
  void aPodThatIsBeingDeletedAfterItsReplicaSetIsAPodThatIsGone() {
    FakeCluster cluster =
        FakeCluster.of(
            object("v1", "Pod", "old-9-bbbbb", "apps/v1 ReplicaSet old-9")
                .replace("  name:", "  deletionTimestamp: '2026-03-01T10:00:00Z'\n  name:"));
    Target target = new Target("v1", "Pod", "old-9-bbbbb", "shop", null);
    assertThat(resolve(cluster, target, RESTART))
        .isInstanceOfSatisfying(
            Resolution.Unresolvable.class,
            lost -> assertThat(lost.verdict().reason()).isEqualTo(TargetReason.PodGone));
  }

  @Test
  void aGonePodOfAStatefulSetNeverLeadsToAReplicaSetOfTheSameName() {
    FakeCluster cluster =
        FakeCluster.of(
            object("apps/v1", "ReplicaSet", "db", null),
            object("apps/v1", "StatefulSet", "db", null));
    Target target = new Target("v1", "Pod", "db-0", "shop", null);
    assertThat(resolve(cluster, target, RESTART))
        .isInstanceOfSatisfying(
            Resolution.Resolved.class,
            found -> assertThat(found.target().kind()).isEqualTo("StatefulSet"));
  }

  record Invalid(Target target, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Invalid> invalid() {
    return Stream.of(
        new Invalid(target("Pod", "../secrets/x", "shop", null), "a name leaves its path"),
        new Invalid(target("Pod", "..", "shop", null), "a name goes up"),
        new Invalid(target("Pod", "a%2fb", "shop", null), "a name hides a slash"),
        new Invalid(target("Pod", "a?x=y", "shop", null), "a name brings a query"),
        new Invalid(target("Pod", "", "shop", null), "no name"),
        new Invalid(target("Pod", "x".repeat(254), "shop", null), "a name that is too long"),
        new Invalid(target("Pod", "a", "kube-system/pods", null), "a namespace leaves its path"),
        new Invalid(target("Pod", "a", "", null), "no namespace"),
        new Invalid(target("pod/x", "a", "shop", null), "a kind leaves its path"),
        new Invalid(new Target("../v1", "Thing", "a", "shop", null), "an apiVersion goes up"),
        new Invalid(target("Pod", "a", "shop", "x\ny"), "a container with a line end"),
        new Invalid(target("Pod", "a", "shop", "x".repeat(64)), "a container that is too long"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void whatCanNameNothingIsNeverReadNorWrittenIntoAStatus(Invalid example) {
    assertStalled(
        example.target(), RESTART, TargetReason.InvalidTarget, "correct it in a new Remediation");
  }

  private static Target target(
      String kind, String name, String namespace, @Nullable String container) {
    return new Target(null, kind, name, namespace, container);
  }

  @Test
  void anOwnerWithAnImpossibleNameDoesNotExist() {
    FakeCluster cluster =
        FakeCluster.of(object("v1", "Pod", "evil", "apps/v1 ReplicaSet ../../../api/v1/secrets"));
    assertThat(resolve(cluster, target("Pod", "evil", "shop", null), RESTART))
        .isInstanceOfSatisfying(
            Resolution.Unresolvable.class,
            lost -> assertThat(lost.verdict().reason()).isEqualTo(TargetReason.TargetNotFound));
    assertThat(cluster.asked()).hasSize(1);
  }

  @Test
  void anEmptyContainerIsNone() {
    Target target = new Target(null, "Deployment", "api", "shop", "");
    assertThat(resolve(target, RESTART))
        .isInstanceOfSatisfying(
            Resolution.Resolved.class, found -> assertThat(found.target().container()).isNull());
  }

  private static void assertStalled(
      Target target, Action action, TargetReason reason, String says) {
    assertThat(resolve(target, action))
        .isInstanceOfSatisfying(
            Resolution.Unresolvable.class,
            lost -> {
              assertThat(lost.verdict().reason()).isEqualTo(reason);
              assertThat(lost.verdict().message()).contains(says);
            });
  }

  private static Resolution resolve(Target target, Action action) {
    return resolve(CLUSTER, target, action);
  }

  private static Resolution resolve(FakeCluster cluster, Target target, Action action) {
    return cluster.settle(
        known -> TargetResolution.resolve(target, action, known),
        answer -> answer instanceof Resolution.NeedsReading(var queries) ? queries : Set.of());
  }

  private static String object(
      String apiVersion, String kind, String name, @Nullable String owner) {
    String yaml =
        """
        apiVersion: %s
        kind: %s
        metadata:
          name: "%s"
          namespace: shop
          uid: uid-%s-%s
        """
            .formatted(apiVersion, kind, name, kind, name);
    if (owner == null) {
      return yaml;
    }
    String[] parts = owner.split(" ", -1);
    String uid = parts.length > 3 ? parts[3] : "uid-" + parts[1] + "-" + parts[2];
    return yaml
        + """
          ownerReferences:
            - {apiVersion: v1, kind: Unrelated, name: x, uid: x}
            - {apiVersion: %s, kind: %s, name: %s, uid: %s, controller: true}
        """
            .formatted(parts[0], parts[1], parts[2], uid);
  }

  private static String autoscaler(String name, String apiVersion, String kind, String scales) {
    return object("autoscaling/v2", "HorizontalPodAutoscaler", name, null)
        + """
        spec:
          scaleTargetRef: {apiVersion: %s, kind: %s, name: %s}
          maxReplicas: 4
        """
            .formatted(apiVersion, kind, scales);
  }
}
