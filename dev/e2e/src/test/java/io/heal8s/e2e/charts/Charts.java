// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.test.cluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The charts of this repository. */
final class Charts {
  static final Path FOLDER = Path.of("../../charts").toAbsolutePath().normalize();
  static final String SYSTEM = "heal8s-system";
  static final String OPERATOR = account("heal8s-operator");
  static final String GATEWAY = account("heal8s-alert-gateway");
  static final String PR_SERVICE = account("heal8s-github-pr-service");

  /** A detector that only these tests know: the one that may ask in the name of a TargetApp. */
  static final String DETECTOR = account("heal8s-graphql-monitor");

  private Charts() {}

  private static String account(String name) {
    return "system:serviceaccount:" + SYSTEM + ":" + name;
  }

  static HelmChart chart(String name) {
    return HelmChart.of(FOLDER.resolve(name), Programs.ofThisUser());
  }

  /**
   * A client that may do everything by RBAC, so that what refuses it is a policy.
   *
   * @param user whose name it has
   */
  static Api almighty(TestCluster cluster, String user) {
    return new Api(cluster.asUser(user, "system:masters"));
  }

  /** Applies the definitions and policies, and returns once every policy is in force. */
  static void installCrds(TestCluster cluster) {
    String namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: " + SYSTEM + "}}\n---\n";
    String detector = "[{\"kind\": \"TargetApp\", \"serviceAccount\": \"heal8s-graphql-monitor\"}]";
    cluster.applyText(namespace + chart("crds").set("detectors", detector).render());
    awaitPolicies(cluster);
  }

  /** A policy reaches the API server's own cache a moment after it was accepted. */
  private static void awaitPolicies(TestCluster cluster) {
    Api admin = new Api(cluster.admin());
    Api operator = almighty(cluster, OPERATOR);
    Doc probe = Samples.remediation(cluster.namespace(), "policy-probe");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        admin.dryRun(
                            probe.with("metadata.annotations", Doc.map("heal8s.io/reject", "x"))))
                    .isRefusedWith("cannot be created with an approval"));
    await()
        .untilAsserted(
            () ->
                assertThat(admin.dryRun(probe.with("spec.detector", Samples.detector("Nobody"))))
                    .isRefusedWith("may not ask in the name of"));
    assertThat(admin.create(probe)).isAccepted();
    await()
        .untilAsserted(
            () ->
                assertThat(operator.merge(probe, "{spec: {trace: null, verify: {window: 1m}}}"))
                    .isRefusedWith("does not change spec"));
    await()
        .untilAsserted(
            () ->
                assertThat(operator.mergeStatus(probe, "{status: {prNumber: 1}}"))
                    .isRefusedWith("belongs to the other services"));
    admin.delete(probe);
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
  }

  private static Answer.Assertion assertThat(Answer answer) {
    return new Answer.Assertion(answer);
  }
}
