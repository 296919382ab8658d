// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static io.heal8s.e2e.charts.Samples.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each service may do under exactly the account and the roles of its chart. */
@RealCluster
class RightsTest {
  @BeforeAll
  static void install(TestCluster cluster) {
    Charts.installCrds(cluster);
    cluster.applyText(Charts.chart("heal8s").set("crds.install", "false").render());
  }

  /**
   * A question to the API server.
   *
   * @param account name of the ServiceAccount
   * @param verb what it wants to do
   * @param resource {@code group/resource[/subresource][:name]}; the group may be empty
   */
  record Case(String account, String verb, String resource, boolean allowed) {
    @Override
    public String toString() {
      return account + (allowed ? " may " : " may not ") + verb + " " + resource;
    }
  }

  private static final String GATEWAY = "heal8s-alert-gateway";
  private static final String OPERATOR = "heal8s-operator";
  private static final String PR_SERVICE = "heal8s-github-pr-service";
  private static final String MONITOR = "heal8s-graphql-monitor";
  private static final String TARGET_APPS = "operator.kco.local/targetapps";
  private static final String REMEDIATIONS = "k8shealer.k8s-healer.io/remediations";
  private static final String POLICIES = "heal8s.io/remediationpolicies";

  static Stream<Case> cases() {
    return Stream.of(
            may(GATEWAY, REMEDIATIONS, "get", "list", "create"),
            mayNot(GATEWAY, REMEDIATIONS, "update", "patch", "delete"),
            may(GATEWAY, REMEDIATIONS + "/status", "patch"),
            may(GATEWAY, POLICIES, "get", "list", "watch"),
            mayNot(GATEWAY, POLICIES, "create", "update", "patch", "delete"),
            may(GATEWAY, "events.k8s.io/events", "create"),
            mayNot(GATEWAY, "apps/deployments", "get", "list", "patch", "update"),
            mayNot(GATEWAY, "/pods", "get", "list"),
            mayNot(GATEWAY, "/secrets", "get", "list", "watch"),
            mayNot(GATEWAY, "authentication.k8s.io/tokenreviews", "create"),
            may(OPERATOR, REMEDIATIONS, "get", "list", "watch", "patch"),
            mayNot(OPERATOR, REMEDIATIONS, "create", "delete", "approve"),
            may(OPERATOR, REMEDIATIONS + "/status", "patch"),
            may(OPERATOR, POLICIES, "get", "list", "watch"),
            may(OPERATOR, POLICIES + "/status", "patch"),
            mayNot(OPERATOR, POLICIES, "patch", "update", "create"),
            may(OPERATOR, "apps/deployments", "get", "patch"),
            may(OPERATOR, "apps/statefulsets", "get", "patch"),
            may(OPERATOR, "apps/daemonsets", "get", "patch"),
            mayNot(OPERATOR, "apps/deployments", "list", "watch", "update", "create", "delete"),
            may(OPERATOR, "apps/replicasets", "get", "list"),
            mayNot(OPERATOR, "apps/replicasets", "patch", "delete"),
            may(OPERATOR, "autoscaling/horizontalpodautoscalers", "get", "list", "patch"),
            may(OPERATOR, "batch/cronjobs", "get", "patch"),
            may(OPERATOR, "batch/jobs", "get"),
            mayNot(OPERATOR, "batch/jobs", "create", "patch"),
            may(OPERATOR, "/pods", "get", "list"),
            mayNot(OPERATOR, "/pods", "watch", "create", "delete"),
            may(OPERATOR, "/pods/eviction", "create"),
            may(OPERATOR, "/services", "get"),
            mayNot(OPERATOR, "/services", "list", "watch", "patch"),
            may(OPERATOR, "operator.kco.local/targetapps", "get"),
            mayNot(OPERATOR, "operator.kco.local/targetapps", "list", "watch", "patch"),
            mayNot(OPERATOR, "/pods/exec", "get", "create"),
            mayNot(OPERATOR, "/serviceaccounts", "impersonate"),
            mayNot(OPERATOR, "/secrets", "get", "list", "watch"),
            may(OPERATOR, "/namespaces:kube-system", "get"),
            mayNot(OPERATOR, "/namespaces:default", "get"),
            may(
                OPERATOR,
                "admissionregistration.k8s.io/validatingadmissionpolicies:heal8s-approval",
                "get"),
            mayNot(OPERATOR, "admissionregistration.k8s.io/validatingadmissionpolicies", "patch"),
            mayNot(OPERATOR, "coordination.k8s.io/leases:heal8s.k8s-healer.io", "get"),
            may(PR_SERVICE, REMEDIATIONS, "get", "list", "watch"),
            mayNot(PR_SERVICE, REMEDIATIONS, "create", "update", "patch", "delete", "approve"),
            may(PR_SERVICE, REMEDIATIONS + "/status", "patch"),
            may(PR_SERVICE, "events.k8s.io/events", "create", "patch"),
            mayNot(PR_SERVICE, POLICIES, "get", "list"),
            mayNot(PR_SERVICE, "apps/deployments", "get", "list", "patch"),
            mayNot(PR_SERVICE, "/secrets", "get", "list", "watch"),
            may(MONITOR, TARGET_APPS, "get", "list", "watch", "patch"),
            mayNot(MONITOR, TARGET_APPS, "create", "update", "delete"),
            may(MONITOR, TARGET_APPS + "/status", "patch"),
            may(MONITOR, REMEDIATIONS, "create"),
            mayNot(MONITOR, REMEDIATIONS, "get", "list", "update", "patch", "delete", "approve"),
            mayNot(MONITOR, REMEDIATIONS + "/status", "patch"),
            may(MONITOR, "/pods", "get", "list", "watch"),
            mayNot(MONITOR, "/pods", "create", "patch", "delete"),
            mayNot(MONITOR, "/pods/exec", "create"),
            mayNot(MONITOR, "/pods/eviction", "create"),
            may(MONITOR, "/services", "get", "list", "watch"),
            mayNot(MONITOR, "apps/deployments", "get", "list", "patch", "update"),
            mayNot(MONITOR, "apps/deployments/scale", "patch", "update"),
            mayNot(MONITOR, "/secrets", "get", "list", "watch"),
            mayNot(MONITOR, "/serviceaccounts", "impersonate"),
            may(MONITOR, "events.k8s.io/events", "create", "patch"),
            mayNot(MONITOR, "coordination.k8s.io/leases", "get", "create"))
        .flatMap(cases -> cases);
  }

  private static Stream<Case> may(String account, String resource, String... verbs) {
    return Stream.of(verbs).map(verb -> new Case(account, verb, resource, true));
  }

  private static Stream<Case> mayNot(String account, String resource, String... verbs) {
    return Stream.of(verbs).map(verb -> new Case(account, verb, resource, false));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inANamespaceOfUsers(Case c, TestCluster cluster) {
    assertThat(allowed(cluster, c, cluster.namespace())).isEqualTo(c.allowed());
  }

  static Stream<Case> atHome() {
    return Stream.of(
            may(OPERATOR, "coordination.k8s.io/leases", "create"),
            may(OPERATOR, "coordination.k8s.io/leases:heal8s.k8s-healer.io", "get", "update"),
            mayNot(OPERATOR, "coordination.k8s.io/leases:other", "get", "update"),
            may(PR_SERVICE, "coordination.k8s.io/leases", "create"),
            may(PR_SERVICE, "coordination.k8s.io/leases:heal8s-github-pr-service", "get", "update"),
            mayNot(PR_SERVICE, "coordination.k8s.io/leases:heal8s.k8s-healer.io", "get", "update"),
            mayNot(GATEWAY, "coordination.k8s.io/leases", "create", "get"),
            mayNot(GATEWAY, "/secrets:heal8s-alert-gateway-webhook", "get"))
        .flatMap(cases -> cases);
  }

  @ParameterizedTest
  @MethodSource("atHome")
  void inTheNamespaceOfTheSuite(Case c, TestCluster cluster) {
    assertThat(allowed(cluster, c, Charts.SYSTEM)).isEqualTo(c.allowed());
  }

  private static boolean allowed(TestCluster cluster, Case c, String namespace) {
    String[] named = c.resource().split(":", 2);
    String[] parts = named[0].split("/", -1);
    Doc review =
        Doc.yaml("{apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview}")
            .with("spec.user", "system:serviceaccount:" + Charts.SYSTEM + ":" + c.account())
            .with(
                "spec.resourceAttributes",
                Doc.map(
                    "verb",
                    c.verb(),
                    "group",
                    parts[0],
                    "resource",
                    parts[1],
                    "subresource",
                    parts.length > 2 ? parts[2] : "",
                    "name",
                    named.length > 1 ? named[1] : "",
                    "namespace",
                    namespace));
    Answer answer = new Api(cluster.admin()).review(review);
    return answer.object().text("status.allowed").equals("true");
  }

  /** One object through all hands, each with its own token, under the admission policies. */
  @Test
  void theThreeServicesCanDoTheirWork(TestCluster cluster) {
    Api gateway = new Api(cluster.asServiceAccount(Charts.SYSTEM, GATEWAY));
    Api operator = new Api(cluster.asServiceAccount(Charts.SYSTEM, OPERATOR));
    Api prService = new Api(cluster.asServiceAccount(Charts.SYSTEM, PR_SERVICE));
    Doc remediation = Samples.remediation(cluster.namespace(), "shared");

    isAccepted(gateway.create(remediation));
    isAccepted(
        operator.applyStatus(
            remediation,
            "heal8s-operator",
            "{phase: Pending, plan: {id: p1}, conditions: ["
                + condition("Planned", "True")
                + "]}"));
    isAccepted(operator.merge(remediation, "{metadata: {labels: {heal8s.io/cause: c}}}"));
    isAccepted(
        prService.applyStatus(
            remediation,
            "heal8s-github-pr-service",
            "{pullRequest: {state: Open}, conditions: ["
                + condition("PullRequestOpen", "True")
                + "]}"));
    isAccepted(
        gateway.applyStatus(
            remediation,
            "heal8s-alert-gateway",
            "{conditions: [" + condition("AlertResolved", "True") + "]}"));
    isAccepted(
        operator.applyStatus(
            remediation,
            "heal8s-operator",
            "{phase: Succeeded, plan: {id: p1}, conditions: ["
                + condition("Planned", "True")
                + ", "
                + condition("Verified", "True")
                + "]}"));

    Doc kept = new Api(cluster.admin()).get(remediation).object();
    assertThat(kept.text("status.phase")).isEqualTo("Succeeded");
    assertThat(kept.text("status.pullRequest.state")).isEqualTo("Open");
    assertThat(
            Rendered.elements(kept, "status.conditions")
                .map(c -> new Doc(c.getAsJsonObject()).text("type")))
        .containsExactlyInAnyOrder("Planned", "Verified", "PullRequestOpen", "AlertResolved");
  }

  @Test
  void noServiceCanDoTheWorkOfAnother(TestCluster cluster) {
    Api gateway = new Api(cluster.asServiceAccount(Charts.SYSTEM, GATEWAY));
    Api prService = new Api(cluster.asServiceAccount(Charts.SYSTEM, PR_SERVICE));
    Doc remediation = Samples.remediation(cluster.namespace(), "confined");
    isAccepted(gateway.create(remediation));

    new Answer.Assertion(gateway.applyStatus(remediation, "g", "{phase: Succeeded}"))
        .isRefusedWith("not phase");
    new Answer.Assertion(prService.applyStatus(remediation, "p", "{plan: {id: p1}}"))
        .isRefusedWith("not plan");
    new Answer.Assertion(
            prService.merge(remediation, "{spec: {strategy: {requireApproval: false}}}"))
        .isRefusedWith("cannot patch resource");
  }

  private static void isAccepted(Answer answer) {
    new Answer.Assertion(answer).isAccepted();
  }
}
