// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static io.heal8s.e2e.charts.Charts.DETECTOR;
import static io.heal8s.e2e.charts.Charts.GATEWAY;

import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask for what. */
@RealCluster
class OriginsPolicyTest {
  @BeforeAll
  static void install(TestCluster cluster) {
    Charts.installCrds(cluster);
  }

  @Test
  void aDetectorAsksInItsOwnName(TestCluster cluster) {
    Doc asked = withDetector(cluster, "TargetApp");

    assertThat(Charts.almighty(cluster, DETECTOR).create(asked)).isAccepted();
  }

  @Test
  void nobodyElseAsksInTheNameOfADetector(TestCluster cluster) {
    Doc asked = withDetector(cluster, "TargetApp");

    assertThat(Charts.almighty(cluster, GATEWAY).create(asked))
        .isRefusedWith("may not ask in the name of TargetApp");
    assertThat(new Api(cluster.admin()).create(asked)).isRefusedWith("set spec.alert instead");
    assertThat(Charts.almighty(cluster, DETECTOR).create(withDetector(cluster, "SLOViolation")))
        .isRefusedWith("may not ask in the name of SLOViolation");
  }

  @Test
  void aDetectorCannotBePutInLater(TestCluster cluster) {
    Doc asked = Samples.remediation(cluster.namespace(), "r");
    assertThat(new Api(cluster.admin()).create(asked)).isAccepted();

    assertThat(
            new Api(cluster.admin())
                .merge(asked, "{spec: {detector: {kind: TargetApp, name: a, reason: R}}}"))
        .isRefusedWith("may not ask in the name of TargetApp");
  }

  @Test
  void whatADetectorAskedCanStillBeEditedByOthers(TestCluster cluster) {
    Doc asked = withDetector(cluster, "TargetApp");
    assertThat(Charts.almighty(cluster, DETECTOR).create(asked)).isAccepted();

    assertThat(new Api(cluster.admin()).merge(asked, "{metadata: {labels: {a: b}}}")).isAccepted();
  }

  @Test
  void whatADetectorAskedForStays(TestCluster cluster) {
    Doc asked =
        withDetector(cluster, "TargetApp")
            .without("spec.action.params")
            .with("spec.action.type", "ExecCommand")
            .with("spec.action.arguments", Doc.map("command", "flush"));
    assertThat(Charts.almighty(cluster, DETECTOR).create(asked)).isAccepted();

    for (String other :
        List.of(
            "type: RestartPods",
            "arguments: {command: drop}",
            "arguments: {command: null, argv: drop}",
            "params: {a: b}")) {
      String edit = "{spec: {action: {" + other + "}}}";
      assertThat(new Api(cluster.admin()).merge(asked, edit)).as(other).isRefusedWith("spec.alert");
    }
    assertThat(
            Charts.almighty(cluster, DETECTOR)
                .merge(asked, "{spec: {action: {type: RestartPods}}}"))
        .as("the definition says so to everybody")
        .isRefusedWith("what a detector asked for cannot be changed");
    assertThat(new Api(cluster.admin()).merge(asked, "{spec: {strategy: {ttl: 2h}}}")).isAccepted();
  }

  @Test
  void whatAPersonAskedForMayBeCorrected(TestCluster cluster) {
    Doc asked = Samples.remediation(cluster.namespace(), "r");
    assertThat(new Api(cluster.admin()).create(asked)).isAccepted();

    assertThat(new Api(cluster.admin()).merge(asked, "{spec: {action: {params: {a: b}}}}"))
        .isAccepted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "intent: {type: Apply, key: k, recordedAt: '2026-01-01T00:00:00Z'}",
        "applied: {at: '2026-01-01T00:00:00Z'}",
        "pullRequest: {state: Pending, branch: heal8s/r}",
        "pullRequest: {state: Open}"
      })
  void whatHasAnEffectIsNotMadeAnother(String effect, TestCluster cluster) {
    Api admin = new Api(cluster.admin());
    Doc asked =
        Samples.remediation(cluster.namespace(), "r")
            .with("spec.action.arguments", Doc.map("replicas", "2"));
    assertThat(admin.create(asked)).isAccepted();
    assertThat(admin.mergeStatus(asked, "{status: {" + effect + "}}")).isAccepted();

    for (String other :
        List.of("type: RestartPods", "params: {a: b}", "arguments: {replicas: '3'}")) {
      assertThat(admin.merge(asked, "{spec: {action: {" + other + "}}}"))
          .as(other)
          .isRefusedWith("cannot be changed once its effect was recorded");
    }
    assertThat(admin.merge(asked, "{spec: {strategy: {ttl: 2h}}, metadata: {labels: {a: b}}}"))
        .isAccepted();
    assertThat(admin.mergeStatus(asked, "{status: {reason: Because}}")).isAccepted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"phase: AwaitingApproval", "pullRequest: {state: Pending}"})
  void whatHasNoneYetMayBeCorrected(String status, TestCluster cluster) {
    Api admin = new Api(cluster.admin());
    Doc asked = Samples.remediation(cluster.namespace(), "r");
    assertThat(admin.create(asked)).isAccepted();
    assertThat(admin.mergeStatus(asked, "{status: {" + status + "}}")).isAccepted();

    assertThat(admin.merge(asked, "{spec: {action: {params: {a: b}}}}")).isAccepted();
  }

  @Test
  void detectorsStayInTheirNamespaceAndPeopleMayNotNeedTo(TestCluster cluster) {
    Doc elsewhere =
        Samples.remediation(cluster.namespace(), "r").with("spec.target.namespace", "elsewhere");

    assertThat(Charts.almighty(cluster, GATEWAY).create(elsewhere))
        .isRefusedWith("only for targets of the namespace");
    assertThat(
            Charts.almighty(cluster, DETECTOR)
                .create(elsewhere.with("spec.detector", Samples.detector("TargetApp"))))
        .isRefusedWith("only for targets of the namespace");
    // The operator judges those: admission does not know the policy of the cluster.
    assertThat(new Api(cluster.admin()).create(elsewhere)).isAccepted();
  }

  @Test
  void theGatewayAsksForAnAlert(TestCluster cluster) {
    Doc asked = Samples.remediation(cluster.namespace(), "r");

    assertThat(
            Charts.almighty(cluster, GATEWAY)
                .create(asked.with("metadata.labels", Doc.map("heal8s.io/cause", "x"))))
        .isRefusedWith("written by the operator");
    assertThat(
            Charts.almighty(cluster, GATEWAY)
                .create(asked.with("metadata.labels", Doc.map("k8s-healer.io/alert", "x"))))
        .isAccepted();
  }

  @Test
  void nobodyLendsAnAccountThatHeCouldNotUse(TestCluster cluster) {
    cluster.applyText(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: asks}
        rules:
          - {apiGroups: [k8shealer.k8s-healer.io], resources: [remediations], verbs: [create, patch]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: asks}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: asks}
        subjects:
          - {apiGroup: rbac.authorization.k8s.io, kind: User, name: without}
          - {apiGroup: rbac.authorization.k8s.io, kind: User, name: with}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: lends}
        rules:
          - {apiGroups: [""], resources: [serviceaccounts], verbs: [impersonate], resourceNames: [runner]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: lends}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: lends}
        subjects:
          - {apiGroup: rbac.authorization.k8s.io, kind: User, name: with}
        """);
    Doc asked =
        Samples.remediation(cluster.namespace(), "r").with("spec.serviceAccountName", "runner");
    Api without = new Api(cluster.asUser("without"));
    Api with = new Api(cluster.asUser("with"));

    assertThat(without.create(asked)).isRefusedWith("needs the verb impersonate on that account");
    assertThat(with.create(asked.with("spec.serviceAccountName", "admin")))
        .isRefusedWith("may not lend the ServiceAccount " + cluster.namespace() + "/admin");
    assertThat(with.create(asked.with("spec.target.namespace", "elsewhere")))
        .as("the account is one of the target's namespace")
        .isRefusedWith("elsewhere/runner");
    assertThat(with.create(asked)).isAccepted();
    assertThat(without.merge(asked, "{metadata: {labels: {a: b}}}"))
        .as("what stands may stand")
        .isAccepted();
    assertThat(without.merge(asked, "{spec: {serviceAccountName: admin}}"))
        .isRefusedWith("needs the verb impersonate");
    assertThat(without.merge(asked, "{spec: {action: {params: {a: b}}}}"))
        .as("an account was lent for the action that its lender saw")
        .isRefusedWith("needs the verb impersonate");
    assertThat(with.merge(asked, "{spec: {action: {params: {a: b}}}}")).isAccepted();
  }

  private static Doc withDetector(TestCluster cluster, String kind) {
    return Samples.remediation(cluster.namespace(), "r")
        .without("spec.alert")
        .with("spec.detector", Samples.detector(kind));
  }

  private static Answer.Assertion assertThat(Answer answer) {
    return new Answer.Assertion(answer);
  }
}
