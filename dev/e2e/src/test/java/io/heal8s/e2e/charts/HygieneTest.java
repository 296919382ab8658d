// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What must hold for every service's chart. */
@RealCluster
class HygieneTest {
  private static final Rendered ALL = Rendered.of(Charts.chart("heal8s").render());

  @Test
  void nobodyReadsSecretsOrGivesRightsAway() {
    assertThat(ALL.rules())
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(rule.all("resources")).doesNotContain("secrets", "*");
              assertThat(rule.all("apiGroups")).doesNotContain("*");
              assertThat(rule.all("verbs"))
                  .doesNotContain("*", "impersonate", "escalate", "bind", "deletecollection");
            });
  }

  @Test
  void onlyTheOperatorChangesWorkloads() {
    Set<String> workloads = Set.of("apps", "batch", "autoscaling");
    Set<String> writing = Set.of("create", "update", "patch", "delete");
    assertThat(
            ALL.rules()
                .filter(rule -> rule.all("apiGroups").stream().anyMatch(workloads::contains))
                .filter(rule -> rule.all("verbs").stream().anyMatch(writing::contains))
                .map(rule -> rule.role().name())
                .distinct())
        .containsExactly("heal8s-remediation-operator");
  }

  @Test
  void onlyPeopleApprove() {
    assertThat(
            ALL.rules()
                .filter(rule -> rule.all("verbs").contains("approve"))
                .map(rule -> rule.role().name()))
        .containsExactly("heal8s-approver");
    assertThat(
            ALL.ofKind("ClusterRoleBinding", "RoleBinding")
                .filter(binding -> binding.text("roleRef.name").equals("heal8s-approver")))
        .isEmpty();
  }

  @Test
  void withoutAClusterRoleNothingClusterWideIsAsked() {
    Rendered namespaced =
        Rendered.of(
            Charts.chart("heal8s")
                .set("rbac.namespaces", "[\"shop\"]")
                .set("crds.install", "false")
                .render());

    assertThat(namespaced.ofKind("Role")).isNotEmpty();
    assertThat(
            namespaced.ofKind(
                "ClusterRole",
                "ClusterRoleBinding",
                "CustomResourceDefinition",
                "ValidatingAdmissionPolicy",
                "ValidatingAdmissionPolicyBinding"))
        .isEmpty();
  }

  @Test
  void podsAreTakenByANamespaceThatIsRestricted(TestCluster cluster) {
    cluster.applyText(
        """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: %s
          labels: {pod-security.kubernetes.io/enforce: restricted}
        """
            .formatted(cluster.namespace()));
    Api admin = new Api(cluster.admin());
    List<Doc> deployments = ALL.ofKind("Deployment").toList();
    assertThat(deployments).hasSize(4);

    for (Doc deployment : deployments) {
      String account = deployment.text("spec.template.spec.serviceAccountName");
      cluster.applyText(
          "{apiVersion: v1, kind: ServiceAccount, metadata: {name: " + account + "}}");
      Doc pod =
          Doc.yaml("{apiVersion: v1, kind: Pod}")
              .with("metadata", Doc.map("name", "p", "namespace", cluster.namespace()))
              .with(
                  "spec",
                  deployment
                      .json()
                      .getAsJsonObject("spec")
                      .getAsJsonObject("template")
                      .get("spec"));
      new Answer.Assertion(admin.dryRun(pod)).as(deployment.name()).isAccepted();

      Doc careless = pod.with("spec.securityContext.runAsNonRoot", new JsonPrimitive(false));
      new Answer.Assertion(admin.dryRun(careless)).isRefusedWith("violates PodSecurity");
    }
  }

  @Test
  void everyContainerHasLimitsProbesAndAReadOnlyRoot() {
    assertThat(
            ALL.ofKind("Deployment")
                .flatMap(d -> Rendered.elements(d, "spec.template.spec.containers")))
        .hasSize(4)
        .allSatisfy(
            element -> {
              Doc container = new Doc(element.getAsJsonObject());
              assertThat(container.text("securityContext.readOnlyRootFilesystem"))
                  .isEqualTo("true");
              for (String kind : List.of("requests", "limits")) {
                for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
                  assertThat(container.at("resources." + kind + "." + resource)).isNotNull();
                }
              }
              assertThat(container.text("readinessProbe.httpGet.path")).isEqualTo("/readyz");
              assertThat(container.text("livenessProbe.httpGet.path")).isEqualTo("/healthz");
            });
    assertThat(ALL.ofKind("NetworkPolicy")).hasSize(4);
    assertThat(ALL.ofKind("PodDisruptionBudget")).hasSize(4);
  }

  @Test
  void aServiceStartsInAClusterAsItDoesWhereItWasMeasured() throws Exception {
    String library = Files.readString(Charts.FOLDER.resolve("service/templates/_deployment.tpl"));
    String values = Files.readString(Charts.FOLDER.resolve("resource-controller/values.yaml"));

    assertThat(library.lines()).contains(optionsOf("service"));
    assertThat(values.lines().map(String::strip)).contains(optionsOf("resource-controller"));
  }

  private static String optionsOf(String launched) throws IOException {
    Path launcher = Charts.FOLDER.resolveSibling("dev/launcher/%s.jvm.options".formatted(launched));
    return Files.readAllLines(launcher).stream()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.joining(" "));
  }

  /** The launcher has no memory limit, so it names the heap that the chart gives a part of. */
  @Test
  void theMonitorHasTheHeapThatItWasMeasuredWith() throws Exception {
    String launcher =
        Files.readString(Charts.FOLDER.resolveSibling("dev/launcher/graphql-monitor.jvm.options"));
    String values = Files.readString(Charts.FOLDER.resolve("graphql-monitor/values.yaml"));
    long limit = number("limits:\\s+cpu: \\S+\\s+memory: (\\d+)Mi", values);
    long part = number("-XX:MaxRAMPercentage=(\\d+)", values);

    assertThat(number("-Xmx(\\d+)m", launcher)).isEqualTo(limit * part / 100);
    assertThat(
            launcher
                .lines()
                .filter(line -> line.startsWith("-") && !line.startsWith("-Xmx"))
                .toList())
        .allMatch(values::contains);
  }

  private static long number(String pattern, String text) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return Long.parseLong(found.group(1));
  }

  /** The names of contracts that users' own dashboards rely on, and what the loop adds. */
  private static final Set<String> METRICS =
      Set.of(
          "heal8s_alerts_received_total",
          "heal8s_alerts_skipped_total",
          "heal8s_remediations_created_total",
          "heal8s_remediations_succeeded_total",
          "heal8s_remediations_failed_total",
          "heal8s_remediation_duration_seconds_bucket",
          "heal8s_remediation_phase_transitions_total",
          "heal8s_prs_created_total",
          "controller_runtime_reconcile_total",
          "workqueue_depth");

  @Test
  void rulesAndDashboardAskForMetricsThatExist() throws Exception {
    String rules = Files.readString(Charts.FOLDER.resolve("alert-gateway/rules/heal8s.yaml"));
    String dashboard =
        Files.readString(Charts.FOLDER.resolve("alert-gateway/dashboards/heal8s.json"));
    assertThat(JsonParser.parseString(dashboard).getAsJsonObject().get("panels").getAsJsonArray())
        .isNotEmpty();
    Set<String> asked = new TreeSet<>();
    Matcher name =
        Pattern.compile("\\b(?:heal8s|controller_runtime|workqueue)_[a-z_]+\\b")
            .matcher(rules + dashboard);
    while (name.find()) {
      asked.add(name.group());
    }

    assertThat(asked).isNotEmpty().isSubsetOf(METRICS);
  }

  @Test
  void theSampleRulesAreThoseThatTheBuiltInRoutesAnswerTo() throws Exception {
    String rules = Files.readString(Charts.FOLDER.resolve("alert-gateway/rules/workloads.yaml"));

    assertThat(
            rules
                .lines()
                .filter(line -> line.contains("- alert:"))
                .map(line -> line.replaceAll(".*: ", "")))
        .containsExactly(
            "KubePodOOMKilled",
            "KubeHpaMaxedOut",
            "KubePodCrashLooping",
            "ContainerMemoryNearLimit",
            "ContainerCPUThrottling");
  }
}
