// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.scaleup;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.fakecluster.Ask;
import io.heal8s.operator.fakecluster.FakeCluster;
import io.heal8s.operator.fakecluster.Shop;
import io.heal8s.operator.plan.Planning;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalePlannerTest {

  private static final String HPA = "HorizontalPodAutoscaler api spec.maxReplicas: ";

  record Fact(
      @Nullable Integer replicas,
      Map<String, String> params,
      String policy,
      String after,
      String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  private static Fact fact(@Nullable Integer replicas, String after, String because) {
    return new Fact(replicas, Map.of(), "{}", after, because);
  }

  static Stream<Fact> facts() {
    return Stream.of(
        fact(0, "1", "0 + at least one"),
        fact(1, "2", "1 + at least one"),
        fact(2, "3", "2 + 50 %"),
        fact(3, "4", "3 + 50 % is 4.5, cut"),
        fact(4, "6", "4 + 50 %"),
        fact(7, "10", "7 + 50 % is 10.5, cut"),
        fact(10, "CapReached", "at the cap"),
        fact(20, "CapReached", "above the cap: it was lowered to 10, now it stays"),
        fact(null, "2", "no number is 1"),
        new Fact(9, Map.of(), "{}", "10", "capped"),
        new Fact(2, Map.of("scaleUpPercent", "200"), "{}", "6", "percent may be above 100"),
        new Fact(10, Map.of("maxReplicas", "12"), "{}", "12", "the action's cap"),
        new Fact(4, Map.of(), "{caps: {maxReplicas: '5'}}", "5", "the policy's cap is lower"),
        new Fact(4, Map.of(), "{caps: {maxReplicas: '5500m'}}", "5", "no half replicas"),
        new Fact(6, Map.of(), "{caps: {maxReplicas: '5'}}", "CapReached", "never lowered"),
        new Fact(4, Map.of(), "{caps: {maxReplicas: '99'}}", "6", "the policy's cap is higher"));
  }

  @ParameterizedTest
  @MethodSource("facts")
  void keepsTheFormula(Fact fact) {
    String before = String.valueOf(fact.replicas());
    List<String> expected =
        fact.after().equals("CapReached")
            ? List.of("CapReached")
            : List.of("spec.replicas: " + before + " → " + fact.after());
    assertThat(Shop.show(plan(fact, "Deployment"))).isEqualTo(expected);
    assertThat(Shop.show(plan(fact, "StatefulSet"))).isEqualTo(expected);
  }

  @Test
  void changesReplicaSetsThroughGitOnly() {
    String live = Shop.workload("ReplicaSet", "{name: api}");
    EffectivePolicy policy =
        Shop.policy("{repositories: [{forge: git, repository: r, path: 'apps/{name}.yaml'}]}");

    assertThat(
            Shop.show(
                Ask.plan(
                    FakeCluster.of(live),
                    Shop.remediation("ReplicaSet", null, "ScaleUp", Map.of(), "mode: GitOps"),
                    policy)))
        .isEqualTo(List.of("spec.replicas: 2 → 3"));
    assertThat(
            Shop.message(
                Ask.plan(
                    FakeCluster.of(live),
                    Shop.direct("ReplicaSet", null, "ScaleUp", Map.of()),
                    policy)))
        .as("the operator may not write to ReplicaSets")
        .isEqualTo(
            "ScaleUp changes ReplicaSet shop/api through git only; use mode GitOps, or put its pods"
                + " under a Deployment");
  }

  @ParameterizedTest
  @MethodSource("facts")
  void keepsTheFormulaForTheMaximumOfAnAutoscaler(Fact fact) {
    if (fact.replicas() == null || fact.replicas() == 0) {
      return; // An autoscaler always has a maximum of at least 1.
    }
    List<String> expected =
        fact.after().equals("CapReached")
            ? List.of("CapReached")
            : List.of(HPA + fact.replicas() + " → " + fact.after());
    String autoscaler = autoscaler("api", "Deployment", fact.replicas());
    assertThat(Shop.show(plan(fact, "Deployment", autoscaler))).isEqualTo(expected);
  }

  private static Planning plan(Fact fact, String kind, String... more) {
    String workload = Shop.workload(kind, "{name: api}");
    String replicas = fact.replicas() == null ? "" : "  replicas: " + fact.replicas() + "\n";
    List<String> documents = new ArrayList<>(List.of(more));
    documents.add(workload.replace("  replicas: 2\n", replicas));
    return Ask.plan(
        FakeCluster.of(documents.toArray(String[]::new)),
        Shop.direct(kind, null, "ScaleUp", fact.params()),
        Shop.policy(fact.policy()));
  }

  private static String autoscaler(String name, String kind, int maximum) {
    return """
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: %s, namespace: shop, uid: u-hpa-%s}
        spec:
          scaleTargetRef: {apiVersion: apps/v1, kind: %s, name: api}
          minReplicas: 1
          maxReplicas: %d
        """
        .formatted(name, name, kind, maximum);
  }

  private static final Remediation UP = Shop.direct("Deployment", null, "ScaleUp", Map.of());
  private static final String API = Shop.workload("Deployment", "{name: api}");

  record Other(String autoscaler, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Other> others() {
    String own = autoscaler("api", "Deployment", 4);
    return Stream.of(
        new Other(own.replace("name: api}\n  min", "name: web}\n  min"), "of another workload"),
        new Other(own.replace("kind: Deployment", "kind: StatefulSet"), "of another kind"),
        new Other(own.replace("apps/v1", "argoproj.io/v1alpha1"), "of another group"),
        new Other(own.replace("namespace: shop", "namespace: other"), "of another namespace"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void anAutoscalerOfSomethingElseOwnsNothingHere(Other other) {
    assertThat(Shop.show(Shop.plan(UP, API, other.autoscaler())))
        .containsExactly("spec.replicas: 2 → 3");
  }

  @Test
  void anAutoscalerIsRaisedFromAnOldApiVersionOfTheWorkloadToo() {
    String old = autoscaler("api", "Deployment", 4).replace("apps/v1", "apps/v1beta2");
    assertThat(Shop.show(Shop.plan(UP, API, old))).containsExactly(HPA + "4 → 6");
  }

  @Test
  void anAutoscalerAsTargetIsTheSamePlanAsItsWorkload() {
    String autoscaler = autoscaler("api", "Deployment", 4);
    Remediation named = Shop.direct("HorizontalPodAutoscaler", null, "ScaleUp", Map.of());
    assertThat(Shop.plan(named, API, autoscaler)).isEqualTo(Shop.plan(UP, API, autoscaler));
  }

  @Test
  void anAutoscalerOfSomethingUnknownIsItselfTheTarget() {
    String autoscaler = autoscaler("api", "Rollout", 4).replace("apps/v1", "argoproj.io/v1alpha1");
    Remediation named = Shop.direct("HorizontalPodAutoscaler", null, "ScaleUp", Map.of());
    Planning planning = Shop.plan(named, autoscaler);
    assertThat(Shop.show(planning)).containsExactly("spec.maxReplicas: 4 → 6");
  }

  @Test
  void theNumberIsAnInteger() {
    assertThat(Shop.plan(UP, API))
        .isInstanceOfSatisfying(
            Planning.Planned.class,
            planned ->
                assertThat(planned.plan().changes())
                    .extracting(Change::type)
                    .containsExactly(Change.ValueType.integer));
  }

  record Refused(String strategy, String policy, String mark, String reason, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Refused> managed() {
    String keda =
        "ownerReferences: [{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, name: s, uid: s,"
            + " controller: true}]";
    String helm = "annotations: {meta.helm.sh/release-name: api}";
    String git = "{repositories: [{forge: git, repository: r, path: x.yaml}]}";
    String change = HPA + "4 → 6";
    return Stream.of(
        new Refused("mode: Direct", "{}", keda, "ManagedElsewhere", "KEDA takes it back"),
        new Refused("mode: GitOps", git, keda, "ManagedElsewhere", "no repository holds it"),
        new Refused(
            "mode: Direct", "{directOnManaged: true}", keda, "ManagedElsewhere", "whatever allows"),
        new Refused("mode: Direct", "{}", helm, "ManagedElsewhere", "Helm takes it back"),
        new Refused("mode: GitOps", git, helm, change, "through git is the right way"),
        new Refused("mode: Direct", "{directOnManaged: true}", helm, change, "it is allowed"));
  }

  @ParameterizedTest
  @MethodSource("managed")
  void anAutoscalerThatOthersManageIsLeftToThem(Refused example) {
    String autoscaler =
        autoscaler("api", "Deployment", 4)
            .replace("uid: u-hpa-api", "uid: u-hpa-api, " + example.mark());
    Planning planning =
        Ask.plan(
            FakeCluster.of(API, autoscaler),
            Shop.remediation("Deployment", null, "ScaleUp", Map.of(), example.strategy()),
            Shop.policy(example.policy()));
    assertThat(Shop.show(planning)).containsExactly(example.reason());
    if (example.reason().equals("ManagedElsewhere")) {
      assertThat(Shop.message(planning)).contains("raise it there");
    }
  }

  @Test
  void severalAutoscalersAreAMistakeThatIsNamed() {
    Planning planning =
        Shop.plan(UP, API, autoscaler("two", "Deployment", 4), autoscaler("one", "Deployment", 4));
    assertThat(Shop.show(planning)).containsExactly("AmbiguousAutoscaler");
    assertThat(Shop.message(planning)).contains("(one, two)").contains("delete all but one");
  }

  @Test
  void whatHasNoReplicasIsRefused() {
    Planning planning =
        Shop.plan(
            Shop.direct("DaemonSet", null, "ScaleUp", Map.of()),
            Shop.workload("DaemonSet", "{name: api}"));
    assertThat(Shop.show(planning)).containsExactly("UnsupportedTarget");
  }

  @Test
  void theCapSaysWhereItComesFrom() {
    String ten = API.replace("replicas: 2", "replicas: 10");
    assertThat(Shop.message(Shop.plan(UP, ten)))
        .isEqualTo(
            "the replicas of Deployment shop/api are 10 and may be at most 10"
                + " (default, set spec.action.params.maxReplicas to change it)");
  }

  @Property
  void aRaiseIsAlwaysARaiseOfAtLeastOne(
      @ForAll @IntRange(min = 0) int current, @ForAll @IntRange(min = 1, max = 1000) int percent) {
    BigInteger raised =
        ScalePlanner.raised(BigInteger.valueOf(current), BigDecimal.valueOf(percent));
    BigInteger exact =
        BigInteger.valueOf(current)
            .multiply(BigInteger.valueOf(percent))
            .divide(BigInteger.valueOf(100));
    assertThat(raised).isEqualTo(BigInteger.valueOf(current).add(exact.max(BigInteger.ONE)));
  }

  @Property(tries = 100)
  void noPlanLowersOrExceedsTheCap(
      @ForAll @IntRange(min = 0, max = 30) int current,
      @ForAll @IntRange(min = 1, max = 30) int cap) {
    Fact fact = new Fact(current, Map.of("maxReplicas", Integer.toString(cap)), "{}", "", "any");
    if (plan(fact, "Deployment") instanceof Planning.Planned(var target, var plan)) {
      int after = Integer.parseInt(String.valueOf(plan.changes().getFirst().after()));
      assertThat(after).isGreaterThan(current).isLessThanOrEqualTo(cap);
    } else {
      assertThat(current).isGreaterThanOrEqualTo(cap);
    }
  }
}
