// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Approvals, on the real API server, by people who are only what RBAC makes them. */
@RealCluster
class ApprovalPolicyTest {
  private static final String APPROVE = "heal8s.io/approve";
  private static final String PLAN = "heal8s.io/approved-plan";
  private static final String REJECT = "heal8s.io/reject";

  /** ann and otto may approve; ed may edit Remediations and nothing more. */
  private static final String PEOPLE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: editor}
      rules:
        - apiGroups: [k8shealer.k8s-healer.io]
          resources: [remediations]
          verbs: [get, list, watch, create, update, patch, delete]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: editors}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: editor}
      subjects:
        - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ed}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: approvers}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: heal8s-approver}
      subjects:
        - {apiGroup: rbac.authorization.k8s.io, kind: User, name: ann}
        - {apiGroup: rbac.authorization.k8s.io, kind: User, name: otto}
      """;

  private static final String NO_VERB = "needs the verb approve";
  private static final String NOT_OWN_APPROVAL = "heal8s.io/approve must be ";
  private static final String NOT_OWN_REJECTION = "heal8s.io/reject must be ";

  @BeforeAll
  static void install(TestCluster cluster) {
    Charts.installCrds(cluster);
  }

  /**
   * Somebody writes annotations.
   *
   * @param before annotations that stand, written by one who may
   * @param user who writes
   * @param patch the annotations of a merge patch
   * @param refusal fragment of the refusal, null if it passes
   */
  record Case(String before, String user, String patch, @Nullable String refusal, String because) {
    @Override
    public String toString() {
      return user + " writes " + patch + " over " + before + ": " + because;
    }
  }

  private static String own(String user, String plan) {
    return "{%s: %s, %s: %s}".formatted(APPROVE, user, PLAN, plan);
  }

  static Stream<Case> cases() {
    String standing = own("ann", "p1");
    return Stream.of(
        new Case("{}", "ann", own("ann", "p1"), null, "holds the verb and signs for herself"),
        new Case("{}", "ann", "{heal8s.io/reject: ann}", null, "may reject as well"),
        new Case("{}", "ed", own("ed", "p1"), NO_VERB, "an editor without the verb"),
        new Case("{}", "ed", "{heal8s.io/reject: ed}", NO_VERB, "a rejection takes the verb, too"),
        new Case("{}", "ed", "{heal8s.io/approved-plan: p1}", NO_VERB, "a plan takes the verb"),
        new Case("{}", "ann", own("otto", "p1"), NOT_OWN_APPROVAL + "ann", "another's name"),
        new Case("{}", "ann", "{heal8s.io/reject: otto}", NOT_OWN_REJECTION + "ann", "another's"),
        new Case(
            "{}",
            "ann",
            "{heal8s.io/approved-plan: p1}",
            NOT_OWN_APPROVAL + "ann",
            "no name at all"),
        new Case("{}", "ann", own("''", "p1"), NOT_OWN_APPROVAL + "ann", "an empty name"),
        new Case(standing, "ed", "{heal8s.io/approved-plan: p2}", NO_VERB, "another plan, no verb"),
        new Case(
            standing,
            "otto",
            "{heal8s.io/approved-plan: p2}",
            NOT_OWN_APPROVAL + "otto",
            "under a standing approval of ann only ann may name another plan"),
        new Case(standing, "ann", "{heal8s.io/approved-plan: p2}", null, "her own approval, moved"),
        new Case(standing, "otto", own("otto", "p1"), null, "takes the approval over in his name"),
        new Case(
            standing,
            "otto",
            "{heal8s.io/approve: otto, heal8s.io/reject: ann}",
            NOT_OWN_REJECTION + "otto",
            "each of the two must be one's own"),
        new Case(
            standing,
            "otto",
            "{heal8s.io/reject: otto}",
            null,
            "rejects beside a standing approval of somebody else"),
        new Case(standing, "ed", "{heal8s.io/approve: null}", null, "anybody may take it back"),
        new Case(
            standing,
            "ed",
            "{heal8s.io/approve: null, heal8s.io/approved-plan: null}",
            null,
            "anybody may take it back, all of it"),
        new Case(
            "{heal8s.io/reject: ann}", "ed", "{heal8s.io/reject: null}", null, "a rejection, too"),
        new Case(standing, "ed", "{note: x}", null, "other annotations are nobody's business"),
        new Case(standing, "ed", own("ann", "p1"), null, "what does not change passes"),
        new Case(
            standing,
            "ed",
            "{heal8s.io/approve: ed}",
            NO_VERB,
            "cannot put his own name in place of hers"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judges(Case c, TestCluster cluster) {
    cluster.applyText(PEOPLE);
    Doc remediation = Samples.remediation(cluster.namespace(), "r");
    assertThat(new Api(cluster.admin()).create(remediation)).isAccepted();
    // ann wrote what stands, so it stands rightfully.
    assertThat(as(cluster, "ann").merge(remediation, annotations(c.before()))).isAccepted();

    Answer answer = as(cluster, c.user()).merge(remediation, annotations(c.patch()));

    if (c.refusal() == null) {
      assertThat(answer).isAccepted();
    } else {
      assertThat(answer).isRefusedWith(c.refusal());
    }
  }

  static final List<String> GUARDED = List.of(APPROVE, PLAN, REJECT);

  @ParameterizedTest
  @FieldSource("GUARDED")
  void nothingIsBornApproved(String annotation, TestCluster cluster) {
    cluster.applyText(PEOPLE);
    Doc born =
        Samples.remediation(cluster.namespace(), "r")
            .with("metadata.annotations", Doc.map(annotation, "admin"));

    assertThat(new Api(cluster.admin()).create(born))
        .isRefusedWith("cannot be created with an approval");
  }

  @Test
  void serverSideApplyAndReplaceAreNoWayAround(TestCluster cluster) {
    cluster.applyText(PEOPLE);
    Doc remediation = Samples.remediation(cluster.namespace(), "r");
    assertThat(new Api(cluster.admin()).create(remediation)).isAccepted();
    Doc signed = remediation.with("metadata.annotations", Doc.map(APPROVE, "ed", PLAN, "p1"));

    assertThat(as(cluster, "ed").apply(signed, "ed")).isRefusedWith(NO_VERB);
    Doc current = new Api(cluster.admin()).get(remediation).object();
    assertThat(
            as(cluster, "ed")
                .replace(current.with("metadata.annotations", Doc.map(APPROVE, "ed", PLAN, "p1"))))
        .isRefusedWith(NO_VERB);
  }

  @Test
  void noAccountOfTheSuiteMayApprove(TestCluster cluster) {
    Doc remediation = Samples.remediation(cluster.namespace(), "r");
    assertThat(new Api(cluster.admin()).create(remediation)).isAccepted();

    for (String account : List.of(Charts.OPERATOR, Charts.GATEWAY, Charts.PR_SERVICE)) {
      // Even one that was given every right by mistake, in its own name.
      assertThat(
              Charts.almighty(cluster, account)
                  .merge(remediation, annotations("{heal8s.io/approve: '" + account + "'}")))
          .isRefusedWith("does not change annotations");
    }
  }

  private static Api as(TestCluster cluster, String user) {
    return new Api(cluster.asUser(user));
  }

  private static String annotations(String flow) {
    return "{metadata: {annotations: " + flow + "}}";
  }

  private static Answer.Assertion assertThat(Answer answer) {
    return new Answer.Assertion(answer);
  }
}
