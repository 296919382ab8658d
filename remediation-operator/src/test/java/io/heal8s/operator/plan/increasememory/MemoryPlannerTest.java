// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.increasememory;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.operator.fakecluster.Ask;
import io.heal8s.operator.fakecluster.FakeCluster;
import io.heal8s.operator.fakecluster.Shop;
import io.heal8s.operator.plan.PlanText;
import io.heal8s.operator.plan.Planning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryPlannerTest {

  private static final String LIMIT =
      "spec.template.spec.containers[name=api].resources.limits.memory: ";
  private static final String REQUEST =
      "spec.template.spec.containers[name=api].resources.requests.memory: ";

  /**
   * Resources are written {@code limit/request}, a dash for none.
   *
   * @param template of the template
   * @param pod of the one live pod, null for no pod
   */
  record Case(
      String template,
      @Nullable String pod,
      Map<String, String> params,
      String policy,
      List<String> expected,
      String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  private static Case fact(String limit, Map<String, String> params, String after, String because) {
    List<String> expected =
        after.equals("CapReached")
            ? List.of(after)
            : List.of(LIMIT + limit + " → " + after, REQUEST + limit + " → " + after);
    return new Case(limit + "/" + limit, null, params, "{}", expected, because);
  }

  static Stream<Case> factsOfTheFirstRelease() {
    return Stream.of(
        fact("256Mi", Map.of(), "320Mi", "256Mi + 25 %"),
        fact("128Mi", percent("50"), "192Mi", "128Mi + 50 %"),
        fact("1800Mi", Map.of(), "2Gi", "1800Mi + 25 % is 2304Mi, capped"),
        fact("100Mi", percent("10"), "128Mi", "100Mi + 10 %, up to 64Mi steps"),
        fact("256Mi", percent("50"), "384Mi", "256Mi + 50 %"),
        fact("320Mi", Map.of(), "448Mi", "320Mi + 25 % is 400Mi, really + 40 %"),
        fact("4Gi", Map.of(), "CapReached", "above the cap: it was lowered to 2Gi, now it stays"));
  }

  @ParameterizedTest
  @MethodSource("factsOfTheFirstRelease")
  void keepsTheFormula(Case example) {
    assertThat(Shop.show(plan(example))).isEqualTo(example.expected());
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("2Gi/-", null, Map.of(), "{}", List.of("CapReached"), "at the cap"),
        new Case(
            "1Gi/-",
            null,
            Map.of("maxMemory", "1200Mi"),
            "{}",
            List.of(LIMIT + "1Gi → 1200Mi"),
            "a cap is not rounded"),
        new Case(
            "1900Mi/-",
            null,
            Map.of("maxMemory", "2048Mi"),
            "{}",
            List.of(LIMIT + "1900Mi → 2048Mi"),
            "a cap keeps its own spelling"),
        new Case(
            "1Gi/-",
            null,
            Map.of("maxMemory", "8Gi"),
            "{caps: {maxMemory: 1100Mi}}",
            List.of(LIMIT + "1Gi → 1100Mi"),
            "the policy's cap is lower"),
        new Case(
            "3Gi/-",
            null,
            Map.of("maxMemory", "4Gi"),
            "{caps: {maxMemory: 64Gi}}",
            List.of(LIMIT + "3Gi → 3840Mi"),
            "the action's cap is lower"),
        new Case(
            "3Gi/-",
            null,
            Map.of("maxMemory", "8Gi"),
            "{caps: {maxMemory: 2Gi}}",
            List.of("CapReached"),
            "a policy's cap never lowers either"),
        new Case(
            "256Mi/128Mi",
            null,
            Map.of(),
            "{}",
            List.of(LIMIT + "256Mi → 320Mi"),
            "a request below the limit stays"),
        new Case(
            "1Gi/1024Mi",
            null,
            Map.of(),
            "{}",
            List.of(LIMIT + "1Gi → 1280Mi", REQUEST + "1024Mi → 1280Mi"),
            "a request equals the limit by value"),
        new Case(
            "268435456/-",
            null,
            Map.of(),
            "{}",
            List.of(LIMIT + "268435456 → 320Mi"),
            "plain bytes are read, canonical text is written"),
        new Case("-/-", null, Map.of(), "{}", List.of("NoMemoryLimit"), "a first limit could kill"),
        new Case("0/-", null, Map.of(), "{}", List.of("NoMemoryLimit"), "zero is no limit"),
        new Case(
            "-/-",
            null,
            Map.of("addLimit", "true"),
            "{}",
            List.of(LIMIT + "null → 320Mi"),
            "asked for, a first limit starts from 256Mi"),
        new Case(
            "0/-",
            null,
            Map.of("addLimit", "true"),
            "{}",
            List.of(LIMIT + "0 → 320Mi"),
            "a limit of zero is replaced"),
        new Case(
            "-/1Gi",
            null,
            Map.of("addLimit", "true"),
            "{}",
            List.of(LIMIT + "null → 1280Mi"),
            "a first limit is not below the request"),
        new Case(
            "-/3Gi",
            null,
            Map.of("addLimit", "true"),
            "{}",
            List.of("CapReached"),
            "no limit below the request, none above the cap"),
        new Case(
            "-/1Gi",
            "256Mi/256Mi",
            Map.of(),
            "{}",
            List.of(LIMIT + "null → 1280Mi"),
            "a raised request that is not rolled out yet is not undercut"),
        new Case(
            "-/-",
            "256Mi/64Mi",
            Map.of(),
            "{}",
            List.of(LIMIT + "null → 320Mi", REQUEST + "null → 64Mi"),
            "what a LimitRange gave is raised, and its request is kept"),
        new Case(
            "-/-",
            "256Mi/256Mi",
            Map.of(),
            "{}",
            List.of(LIMIT + "null → 320Mi"),
            "a request that equalled the limit follows it by itself"),
        new Case(
            "-/256Mi",
            "256Mi/256Mi",
            Map.of(),
            "{}",
            List.of(LIMIT + "null → 320Mi", REQUEST + "256Mi → 320Mi"),
            "a request in the template that equalled the LimitRange's limit"),
        new Case(
            "256Mi/-",
            "512Mi/512Mi",
            Map.of(),
            "{}",
            List.of(LIMIT + "256Mi → 640Mi"),
            "the pods have more than the template says"),
        new Case(
            "512Mi/-",
            "256Mi/256Mi",
            Map.of(),
            "{}",
            List.of("NothingToChange"),
            "the template says more already; the pods get it with the rollout"),
        new Case(
            "300Mi/-",
            "256Mi/256Mi",
            Map.of(),
            "{}",
            List.of(LIMIT + "300Mi → 320Mi"),
            "the template says a little more"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void raisesWhatTheContainerReallyHas(Case example) {
    assertThat(Shop.show(plan(example))).isEqualTo(example.expected());
  }

  private static Planning plan(Case example) {
    List<String> documents = new ArrayList<>();
    documents.add(
        Shop.workload("Deployment", "{name: api, " + resources(example.template()) + "}"));
    if (example.pod() != null) {
      documents.add(pod("api-1", "h1", "2026-03-01T11:00:00Z", example.pod()));
    }
    return Ask.plan(
        FakeCluster.of(documents.toArray(String[]::new)),
        Shop.direct("Deployment", null, "IncreaseMemory", example.params()),
        Shop.policy(example.policy()));
  }

  private static String pod(String name, String hash, String created, String resources) {
    return Shop.pod(
        name, hash, created, "containers: [{name: api, " + resources(resources) + "}]", "");
  }

  private static String resources(String limitAndRequest) {
    String[] both = limitAndRequest.split("/", -1);
    String limits = both[0].equals("-") ? "" : "memory: \"" + both[0] + "\"";
    String requests = both[1].equals("-") ? "" : "memory: \"" + both[1] + "\"";
    return "resources: {limits: {" + limits + "}, requests: {" + requests + "}}";
  }

  private static Map<String, String> percent(String percent) {
    return Map.of("memoryIncreasePercent", percent);
  }

  private static final Remediation RAISE =
      Shop.direct("Deployment", null, "IncreaseMemory", Map.of());
  private static final String API = "{name: api, resources: {limits: {memory: 256Mi}}}";

  @Test
  void theLargestLimitOfTheNewestRevisionCounts() {
    assertThat(
            Shop.show(
                Shop.plan(
                    RAISE,
                    Shop.workload("Deployment", API),
                    pod("old", "h1", "2026-03-01T09:00:00Z", "1Gi/-"),
                    pod("new", "h2", "2026-03-01T11:00:00Z", "256Mi/-"),
                    pod("resized", "h2", "2026-03-01T10:00:00Z", "384Mi/-"))))
        .containsExactly(LIMIT + "256Mi → 512Mi");
  }

  @Test
  void whatARunningContainerReallyGotWeighsMoreThanItsPodsSpec() {
    String resized =
        Shop.pod(
            "api-1",
            "h1",
            "2026-03-01T11:00:00Z",
            "containers: [{name: api, resources: {limits: {memory: 256Mi}}}]",
            "containerStatuses: [{name: api, resources: {limits: {memory: 512Mi}}}]");
    assertThat(Shop.show(Shop.plan(RAISE, Shop.workload("Deployment", API), resized)))
        .containsExactly(LIMIT + "256Mi → 640Mi");
  }

  record Ignored(String from, String to, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Ignored> ignored() {
    return Stream.of(
        new Ignored("  uid:", "  deletionTimestamp: \"2026-03-01T11:59:00Z\"\n  uid:", "leaving"),
        new Ignored("status: {}", "status: {phase: Failed}", "at its end"),
        new Ignored("status: {}", "status: {phase: Succeeded}", "done"),
        new Ignored("name: api-h1", "name: other-h1", "another Deployment's pod"),
        new Ignored("controller: true", "controller: false", "nobody controls it"),
        new Ignored("labels: {app: api", "labels: {app: web", "the selector does not fit"));
  }

  @ParameterizedTest
  @MethodSource("ignored")
  void aPodThatIsNotALiveOneOfTheWorkloadSaysNothing(Ignored example) {
    String pod = pod("api-1", "h1", "2026-03-01T11:00:00Z", "1Gi/-");
    assertThat(pod).contains(example.from());
    Planning planning =
        Shop.plan(
            RAISE, Shop.workload("Deployment", API), pod.replace(example.from(), example.to()));
    assertThat(Shop.show(planning)).containsExactly(LIMIT + "256Mi → 320Mi");
  }

  record Refused(String workload, @Nullable String container, String reason, String says) {
    @Override
    public String toString() {
      return reason + " " + says;
    }
  }

  static Stream<Refused> refused() {
    String two = Shop.workload("Deployment", API, "{name: proxy}");
    return Stream.of(
        new Refused(two, null, "ContainerNotNamed", "2 containers (api, proxy)"),
        new Refused(two, "init", "ContainerNotFound", "no container 'init'"),
        new Refused(
            Shop.workload("Deployment", API).replace("  replicas:", "  paused: true\n  replicas:"),
            null,
            "RolloutBlocked",
            "kubectl rollout resume"),
        new Refused(
            Shop.workload("StatefulSet", API)
                .replace("  replicas:", "  updateStrategy: {type: OnDelete}\n  replicas:"),
            null,
            "RolloutBlocked",
            "OnDelete"),
        new Refused(
            Shop.workload("ReplicaSet", API), null, "UnsupportedTarget", "ReplicaSet shop/api"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhatToChange(Refused example) {
    String kind = example.workload().lines().toList().get(1).substring("kind: ".length());
    Planning planning =
        Shop.plan(
            Shop.direct(kind, example.container(), "IncreaseMemory", Map.of()), example.workload());
    assertThat(Shop.show(planning)).containsExactly(example.reason());
    assertThat(Shop.message(planning)).contains(example.says());
  }

  @Test
  void capsSayWhereTheyComeFrom() {
    String workload =
        Shop.workload("Deployment", "{name: api, resources: {limits: {memory: 2Gi}}}");
    assertThat(Shop.message(Shop.plan(RAISE, workload)))
        .isEqualTo(
            "container api of Deployment shop/api has 2Gi of memory and may have at most 2Gi"
                + " (default, set spec.action.params.maxMemory to change it)");
    Planning capped =
        Ask.plan(FakeCluster.of(workload), RAISE, Shop.policy("{caps: {maxMemory: 1Gi}}"));
    assertThat(Shop.message(capped)).contains("at most 1Gi (spec.caps.maxMemory of the policy)");
  }

  @Test
  void aCronJobIsRaisedInItsJobsTemplate() {
    String cronJob =
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: api, namespace: shop, uid: u-api}
        spec: {jobTemplate: {spec: {template: {spec: {containers: [%s]}}}}}
        """
            .formatted(API);
    assertThat(
            Shop.show(Shop.plan(Shop.direct("CronJob", null, "IncreaseMemory", Map.of()), cronJob)))
        .containsExactly(
            "spec.jobTemplate.spec.template.spec.containers[name=api].resources.limits.memory:"
                + " 256Mi → 320Mi");
  }

  @Test
  void aStatefulSetsPodsAreItsOwnByUid() {
    String pod =
        pod("api-0", "h1", "2026-03-01T11:00:00Z", "512Mi/-")
            .replace("pod-template-hash", "controller-revision-hash")
            .replace(
                "kind: ReplicaSet, name: api-h1, uid: u-rs-h1",
                "kind: StatefulSet, name: api, uid: u-api");
    Remediation remediation = Shop.direct("StatefulSet", null, "IncreaseMemory", Map.of());
    assertThat(Shop.show(Shop.plan(remediation, Shop.workload("StatefulSet", API), pod)))
        .containsExactly(LIMIT + "256Mi → 640Mi");
    assertThat(
            Shop.show(
                Shop.plan(
                    remediation,
                    Shop.workload("StatefulSet", API),
                    pod.replace("uid: u-api", "uid: other"))))
        .containsExactly(LIMIT + "256Mi → 320Mi");
  }

  @Test
  void thePlanSaysWhatPeopleNeedToKnow() {
    Planning planning = Shop.plan(RAISE, Shop.workload("Deployment", API));
    assertThat(planning)
        .isInstanceOfSatisfying(
            Planning.Planned.class,
            planned -> {
              assertThat(planned.target().container()).isEqualTo("api");
              assertThat(planned.plan().repository()).isNull();
              assertThat(planned.plan().cluster()).isEqualTo(Ask.CLUSTER);
              assertThat(PlanText.hasUndo(planned.plan())).isTrue();
              assertThat(planned.plan().preconditions())
                  .contains("The effective memory limit of container api is 256Mi.");
            });
  }

  @Test
  void aPlanMadeTwiceIsThePlanMadeOnceAndAnotherUidIsAnotherPlan() {
    String workload = Shop.workload("Deployment", API);
    String again = workload.replace("generation: 3", "generation: 12").replace("\"9\"", "\"99\"");
    assertThat(Shop.plan(RAISE, again)).isEqualTo(Shop.plan(RAISE, workload));
    assertThat(Shop.plan(RAISE, workload.replace("u-api", "u-new")))
        .isNotEqualTo(Shop.plan(RAISE, workload));
  }
}
