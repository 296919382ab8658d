// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static io.heal8s.e2e.charts.Charts.GATEWAY;
import static io.heal8s.e2e.charts.Charts.OPERATOR;
import static io.heal8s.e2e.charts.Charts.PR_SERVICE;
import static io.heal8s.e2e.charts.Samples.condition;

import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each field has one writer. The accounts of these tests may do everything by RBAC, so that what
 * refuses them is the policy.
 */
@RealCluster
class WritersPolicyTest {
  private static final String BEGUN =
      """
      phase: PRCreated
      reason: WaitingForMerge
      plan: {id: p1, changes: [{path: spec.replicas, before: "1", after: "2", type: integer}]}
      prNumber: 7
      prUrl: https://forge.example/pr/7
      pullRequest: {state: Open, number: 7, branch: heal8s/x}
      conditions: [%s, %s, %s]
      """
          .formatted(
              condition("Planned", "True"),
              condition("PullRequestOpen", "True"),
              condition("AlertResolved", "False"));

  @BeforeAll
  static void install(TestCluster cluster) {
    Charts.installCrds(cluster);
  }

  /**
   * A service applies a status.
   *
   * @param refusal fragment of the refusal, null if it passes
   */
  record Case(String user, String status, @Nullable String refusal, String because) {
    @Override
    public String toString() {
      return user + " applies " + status + ": " + because;
    }
  }

  static Stream<Case> cases() {
    String gateway = "writes the condition AlertResolved and nothing else of status, not ";
    String prService = "writes the fields and conditions of its pull requests, not ";
    String operator = "does not write what belongs to the other services: ";
    return Stream.of(
        passes(GATEWAY, conditions(condition("AlertResolved", "True")), "its own condition"),
        refused(GATEWAY, conditions(condition("Verified", "True")), gateway + "Verified"),
        refused(GATEWAY, conditions(condition("Planned", "False")), gateway + "Planned"),
        refused(GATEWAY, "{phase: Succeeded}", gateway + "phase"),
        refused(GATEWAY, "{prNumber: 8}", gateway + "prNumber"),
        refused(GATEWAY, "{observedGeneration: 3}", gateway + "observedGeneration"),
        passes(
            PR_SERVICE,
            "{pullRequest: {state: Merged, mergedValues: [{path: spec.replicas, value: '3'}]},"
                + " commitSHA: abc, prNumber: 8, prUrl: u, conditions: ["
                + condition("PullRequestMerged", "True")
                + "]}",
            "its own fields and condition"),
        passes(
            PR_SERVICE,
            "{revertPullRequest: {state: Open}, conditions: [%s, %s]}"
                .formatted(condition("RevertOpen", "True"), condition("RevertMerged", "False")),
            "the revert is its own, too"),
        refused(PR_SERVICE, "{phase: Applying}", prService + "phase"),
        refused(PR_SERVICE, "{plan: {id: p2}}", prService + "plan"),
        refused(PR_SERVICE, "{revert: {reason: r}}", prService + "revert"),
        refused(PR_SERVICE, "{applied: {at: '2026-01-01T00:00:00Z'}}", prService + "applied"),
        refused(PR_SERVICE, conditions(condition("Gated", "True")), prService + "Gated"),
        refused(PR_SERVICE, conditions(condition("AlertResolved", "True")), prService + "Alert"),
        passes(
            OPERATOR,
            "{phase: Verifying, message: m, attempts: 1, plan: {id: p2}, revert: {reason: r},"
                + " conditions: ["
                + condition("Applied", "True")
                + "]}",
            "everything else is the operator's"),
        refused(OPERATOR, "{prNumber: 8}", operator + "prNumber"),
        refused(OPERATOR, "{pullRequest: {state: Merged}}", operator + "pullRequest"),
        refused(OPERATOR, "{revertPullRequest: {state: Open}}", operator + "revertPullRequest"),
        refused(OPERATOR, "{commitSHA: abc}", operator + "commitSHA"),
        refused(OPERATOR, conditions(condition("PullRequestMerged", "True")), operator + "Pull"),
        refused(OPERATOR, conditions(condition("AlertResolved", "True")), operator + "Alert"),
        passes(
            "somebody", "{phase: Failed, prNumber: 9}", "people with the right are not confined"));
  }

  private static Case passes(String user, String status, String because) {
    return new Case(user, status, null, because);
  }

  private static Case refused(String user, String status, String refusal) {
    return new Case(user, status, refusal, "it belongs to another service");
  }

  private static String conditions(String condition) {
    return "{conditions: [" + condition + "]}";
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachFieldOfStatusHasOneWriter(Case c, TestCluster cluster) {
    Doc remediation = begun(cluster);

    Answer answer =
        Charts.almighty(cluster, c.user()).applyStatus(remediation, "other", c.status());

    if (c.refusal() == null) {
      assertThat(answer).isAccepted();
    } else {
      assertThat(answer).isRefusedWith(c.refusal());
    }
  }

  @Test
  void takingAwayIsWritingToo(TestCluster cluster) {
    Doc remediation = begun(cluster);

    assertThat(
            Charts.almighty(cluster, OPERATOR)
                .mergeStatus(remediation, "{status: {pullRequest: null}}"))
        .isRefusedWith("pullRequest");
    assertThat(
            Charts.almighty(cluster, PR_SERVICE).mergeStatus(remediation, "{status: {plan: null}}"))
        .isRefusedWith("plan");
    assertThat(
            Charts.almighty(cluster, GATEWAY)
                .mergeStatus(remediation, conditionsOnly(condition("AlertResolved", "False"))))
        .as("a list without the others' conditions takes them away")
        .isRefusedWith("Planned");
    assertThat(Charts.almighty(cluster, GATEWAY).mergeStatus(remediation, "{status: null}"))
        .isRefusedWith("phase");
  }

  private static String conditionsOnly(String condition) {
    return "{status: {conditions: [" + condition + "]}}";
  }

  @Test
  void theFirstStatusOfAnObjectIsJudgedLikeAnyOther(TestCluster cluster) {
    Doc remediation = Samples.remediation(cluster.namespace(), "fresh");
    assertThat(new Api(cluster.admin()).create(remediation)).isAccepted();

    assertThat(Charts.almighty(cluster, GATEWAY).applyStatus(remediation, "g", "{phase: Pending}"))
        .isRefusedWith("phase");
    assertThat(
            Charts.almighty(cluster, GATEWAY)
                .applyStatus(remediation, "g", conditions(condition("AlertResolved", "True"))))
        .isAccepted();
    assertThat(Charts.almighty(cluster, OPERATOR).applyStatus(remediation, "o", "{phase: Pending}"))
        .isAccepted();
  }

  record SpecCase(String user, String patch, @Nullable String refusal, String because) {
    @Override
    public String toString() {
      return user + " patches " + patch + ": " + because;
    }
  }

  static Stream<SpecCase> specCases() {
    return Stream.of(
        new SpecCase(
            OPERATOR,
            "{metadata: {labels: {heal8s.io/cause: x}}}",
            null,
            "the one label it writes"),
        new SpecCase(
            OPERATOR,
            "{metadata: {labels: {other: x}}}",
            "only heal8s.io/cause",
            "any other label"),
        new SpecCase(
            OPERATOR,
            "{metadata: {labels: {k8s-healer.io/alert: null}}}",
            "only heal8s.io/cause",
            "taking a label away"),
        new SpecCase(
            PR_SERVICE,
            "{metadata: {labels: {heal8s.io/cause: x}}}",
            "only heal8s.io/cause",
            "the cause is the operator's"),
        new SpecCase(
            GATEWAY,
            "{metadata: {labels: {heal8s.io/cause: x}}}",
            "only heal8s.io/cause",
            "the cause is the operator's"),
        new SpecCase(
            OPERATOR,
            "{spec: {strategy: {requireApproval: false}}}",
            "does not change spec",
            "nobody approves by changing the question"),
        new SpecCase(
            OPERATOR,
            "{spec: {action: {type: ScaleUp}}}",
            "cannot be changed once its effect was recorded",
            "the definition says so to everybody, before any policy is asked"),
        new SpecCase(
            OPERATOR,
            "{metadata: {annotations: {a: b}}}",
            "does not change annotations",
            "annotations are people's"),
        new SpecCase(
            OPERATOR,
            "{metadata: {finalizers: [heal8s.io/x]}}",
            "does not change finalizers",
            "no service holds an object back"),
        new SpecCase("somebody", "{metadata: {labels: {other: x}}}", null, "people may label"));
  }

  @ParameterizedTest
  @MethodSource("specCases")
  void aServiceChangesNothingThatWasAsked(SpecCase c, TestCluster cluster) {
    Doc remediation = begun(cluster);

    Answer answer = Charts.almighty(cluster, c.user()).merge(remediation, c.patch());

    if (c.refusal() == null) {
      assertThat(answer).isAccepted();
    } else {
      assertThat(answer).isRefusedWith(c.refusal());
    }
  }

  private static Doc begun(TestCluster cluster) {
    Doc remediation =
        Samples.remediation(cluster.namespace(), "begun")
            .with("metadata.labels", Doc.map("k8s-healer.io/alert", "x"));
    Api admin = new Api(cluster.admin());
    assertThat(admin.create(remediation)).isAccepted();
    assertThat(admin.applyStatus(remediation, "seed", BEGUN)).isAccepted();
    return remediation;
  }

  private static Answer.Assertion assertThat(Answer answer) {
    return new Answer.Assertion(answer);
  }
}
