// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.cli.Heal8s;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class AdoptKcoCommandTest {

  private static final String APPS =
      """
      apiVersion: v1
      kind: List
      items:
        - apiVersion: operator.kco.local/v1alpha1
          kind: TargetApp
          metadata: {name: web, namespace: shop}
          spec:
            actions:
              - {action: restart_pod, trigger: {field: a, condition: exists, value: 1}}
              - {action: exec_command, parameters: {command: ls}}
              - action: patch_resource
                parameters: {resourceType: ConfigMap, resourceName: 'c"fg', patchData: {data: {a: b}}}
        - apiVersion: operator.kco.local/v1alpha1
          kind: TargetApp
          metadata: {name: other, namespace: elsewhere}
          spec: {actions: [{action: webhook}]}
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Heal8s.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(args);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("apps.yaml"), text).toString();
  }

  private List<Map<?, ?>> printed() {
    List<Map<?, ?>> objects = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(out.toString())
        .forEach(object -> objects.add((Map<?, ?>) object));
    return objects;
  }

  @Test
  void printsWhatTheActionsNeedAndNoMore() throws IOException {
    assertThat(run("adopt", "kco", "-n", "shop", file(APPS))).isZero();

    assertThat(printed())
        .extracting(object -> String.valueOf(object.get("kind")))
        .containsExactly(
            "ServiceAccount", "Role", "RoleBinding", "Role", "RoleBinding", "RemediationPolicy");
    assertThat(printed().get(1).get("rules"))
        .isEqualTo(
            List.of(
                Map.of(
                    "apiGroups", List.of(""),
                    "resources", List.of("pods/exec"),
                    "verbs", List.of("get", "create")),
                Map.of(
                    "apiGroups", List.of(""),
                    "resources", List.of("configmaps"),
                    "resourceNames", List.of("c\"fg"),
                    "verbs", List.of("get", "patch"))));
    assertThat(printed().get(3).get("rules"))
        .isEqualTo(
            List.of(
                Map.of(
                    "apiGroups", List.of(""),
                    "resources", List.of("serviceaccounts"),
                    "resourceNames", List.of("heal8s-actions"),
                    "verbs", List.of("impersonate"))));
    assertThat(printed().getLast().get("spec"))
        .isEqualTo(
            Map.of(
                "allow",
                Map.of(
                    "unapproved",
                    List.of(
                        Map.of(
                            "detector",
                            "TargetApp",
                            "actions",
                            List.of("ExecCommand", "PatchResource", "RestartPods")))),
                "serviceAccountName",
                "heal8s-actions"));
  }

  @Test
  void withoutFreeFormActionsThePolicyIsEnough() throws IOException {
    assertThat(run("adopt", "kco", "-n", "elsewhere", file(APPS))).isZero();

    assertThat(printed())
        .extracting(object -> String.valueOf(object.get("kind")))
        .containsExactly("RemediationPolicy");
    assertThat(out.toString()).contains("CallWebhook").doesNotContain("serviceAccountName");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThat(run("adopt", "kco", "-n", "empty", file(APPS))).isEqualTo(1);
    assertThat(err.toString()).contains("no TargetApp of namespace empty");
    assertThat(run("adopt", "kco", "-n", "shop")).isEqualTo(2);
    assertThat(run("adopt", "kco", "-n", "kube-system", file(APPS))).isEqualTo(2);
    assertThat(run("adopt", "kco", "-n", "shop", file("{a: ["))).isEqualTo(1);
    assertThat(run("adopt", "kco", "-n", "shop", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
  }

  /** Where it is not said, each change of an object that Helm installed would be refused. */
  @Test
  void whatOthersManageIsAChoiceThatIsPrintedWithThePolicy() throws IOException {
    String apps = app("web", "{actions: [{action: scale_deployment, parameters: {replicas: 2}}]}");
    assertThat(run("adopt", "kco", "-n", "shop", file(apps))).isZero();

    assertThat(String.valueOf(printed().getLast().get("spec"))).doesNotContain("directOnManaged");
    assertThat(out.toString()).contains("ManagedElsewhere");
    // It is one choice away: taking the comment's sign off makes it a field of the spec.
    String chosen = out.toString().replace("# directOnManaged", "directOnManaged");
    Map<?, ?> policy = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(chosen);
    assertThat(policy.get("spec"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("directOnManaged", true);
  }

  @Test
  void noChoiceIsPrintedWhereNothingIsScaledOrPatched() throws IOException {
    assertThat(run("adopt", "kco", "-n", "elsewhere", file(APPS))).isZero();

    assertThat(out.toString()).doesNotContain("directOnManaged");
  }

  @ParameterizedTest
  @CsvSource({
    "'', heal8s-system, heal8s-operator",
    "--system-namespace=ops, ops, heal8s-operator",
    "--operator-account=ops/healer, ops, healer"
  })
  void theAccountOfTheOperatorIsTheOneThatIsSaid(String option, String namespace, String name)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("adopt", "kco", "-n", "shop", file(APPS)));
    if (!option.isEmpty()) {
      line.add(option);
    }

    assertThat(run(line.toArray(String[]::new))).isZero();

    assertThat(printed().get(4).get("subjects"))
        .isEqualTo(List.of(Map.of("kind", "ServiceAccount", "name", name, "namespace", namespace)));
  }

  @Test
  void aParameterThatKcoPassedOverIsWarnedOf() throws IOException {
    String apps =
        app(
                "web",
                "{actions: [{action: restart_pod, parameters: {gracePeriod: 30, reason: oom}},"
                    + " {action: restart_pod, parameters: {podSelector: {a: b}}},"
                    + " {action: exec_command, parameters: {command: ls, args: [a]}},"
                    + " {action: webhook, parameters: {url: u, \"re\\ntries\": 3, <<: {method: PUT,"
                    + " backoff: 1}}},"
                    + " {action: patch_resource, parameters: {apiVersion: v1}}]}")
            + app("api", "{actions: [{action: scale_deployment, parameters: {min: 1}}]}");

    assertThat(run("adopt", "kco", "-n", "shop", file(apps))).isZero();

    assertThat(err.toString().lines())
        .containsExactly(
            warning("api", "scale_deployment", "min"),
            warning("web", "restart_pod", "reason"),
            warning("web", "webhook", "backoff"),
            warning("web", "webhook", "\"re\\u000atries\""));
  }

  private static String warning(String app, String action, String parameter) {
    return "heal8s adopt kco: warning: TargetApp %s: %s takes no parameter %s; KCO passed over it, here the action stalls until it is removed"
        .formatted(app, action, parameter);
  }

  private String app(String name, String spec) {
    return """
    apiVersion: operator.kco.local/v1alpha1
    kind: TargetApp
    metadata: {name: %s}
    spec: %s
    ---
    """
        .formatted(name, spec);
  }

  /** The output goes to kubectl: a name in a file must not become a manifest. */
  @Test
  void aNameCannotSmuggleInAnObject() throws IOException {
    String name = "\"x\\n---\\nkind: ClusterRoleBinding\\u0085kind: y\"";
    String kind = "\"secret\\n  - verbs: [all]\"";
    String action = "\"a\\nkind: Pod\"";

    assertThat(
            run(
                "adopt",
                "kco",
                "-n",
                "shop",
                file(
                    app(
                        name,
                        "{actions: [{action: restart_pod}, {action: patch_resource, parameters:"
                            + " {resourceType: "
                            + kind
                            + ", resourceName: a}}, {action: "
                            + action
                            + "}]}"))))
        .isZero();

    assertThat(printed())
        .extracting(object -> String.valueOf(object.get("kind")))
        .containsExactly(
            "ServiceAccount", "Role", "RoleBinding", "Role", "RoleBinding", "RemediationPolicy");
    assertThat(printed().get(1).get("rules")).as("no right without an object").isEqualTo(List.of());
    assertThat(out.toString()).contains("Unsupported resource type", "Unknown action");
  }

  @Test
  void readsTypedListsAliasesAndMergeKeys() throws IOException {
    String text =
        """
        apiVersion: operator.kco.local/v1alpha1
        kind: TargetAppList
        items:
          - metadata: {name: web}
            spec: &spec
              actions: &actions
                - &scale {action: scale_deployment, parameters: {deploymentName: web, replicas: 2}}
          - metadata: {name: api}
            spec:
              <<: *spec
              actions: [*scale, {<<: *scale, action: webhook}]
          - metadata: {name: web}
          - kind: Other
            metadata: {name: other}
        """;

    assertThat(run("adopt", "kco", "-n", "shop", file(text))).as(err::toString).isZero();

    assertThat(out.toString())
        .startsWith("# For the TargetApps of namespace shop: api, web\n")
        .contains("actions: [ScaleTo, CallWebhook]");
  }

  @Test
  void appsWithoutActionsNeedNothing() throws IOException {
    assertThat(run("adopt", "kco", "-n", "shop", file(app("web", "{}")))).isZero();

    assertThat(printed()).isEmpty();
    assertThat(out.toString()).contains("nothing must be added");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'kind: [' | apps.yaml:1: not YAML: ",
        "'a: 1\na: 2\n' | apps.yaml:2: not YAML: found duplicate key a",
        "'a:\n\tb: 1\n' | apps.yaml:2: not YAML: ",
        "'a: *b' | apps.yaml:1: not YAML: ",
        "'items: &a [*a]' | no TargetApp of namespace shop",
        "'&a {items: [*a, *a]}' | no TargetApp of namespace shop",
        "'&a {<<: [*a, *a, &b {<<: [*a, *a]}, *b]}' | no TargetApp of namespace shop",
        "'' | no TargetApp of namespace shop"
      })
  void aHostileFileIsToldInOneLine(String text, String why) throws IOException {
    assertThat(run("adopt", "kco", "-n", "shop", file(text == null ? "" : text))).isEqualTo(1);

    assertThat(err.toString()).contains(why).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatIsNoTextIsToldInOneLine() throws IOException {
    Path binary = Files.write(folder.resolve("apps"), new byte[] {(byte) 0xC3, 0x28});
    Path control = Files.write(folder.resolve("control"), new byte[] {'a', 0, 'b'});
    Path deep = Files.writeString(folder.resolve("deep"), "[".repeat(200_000));
    Path gone = folder.resolve("gone");
    for (Path file : List.of(binary, control, deep, gone, folder)) {
      assertThat(run("adopt", "kco", "-n", "shop", file.toString())).isEqualTo(1);
    }
    assertThat(err.toString())
        .hasLineCount(5)
        .contains("apps: it is not UTF-8", "control: not YAML", "deep: ", "gone: it is not there");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-n, Shop",
    "-n, 'shop\nkind: Pod'",
    "-n, ''",
    "--system-namespace, a b",
    "--account, 'x\n---'",
    "--operator-account, heal8s-operator",
    "--operator-account, 'a/b\n---'",
    "--operator-account, shop/heal8s-operator"
  })
  void aNameThatIsNoneIsAWrongCommand(String option, String value) throws IOException {
    List<String> line = new ArrayList<>(List.of("adopt", "kco", file(APPS), option, value));
    if (!option.equals("-n")) {
      line.addAll(List.of("-n", "shop"));
    }

    assertThat(run(line.toArray(String[]::new))).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void halfAnOutputIsAFailure() throws IOException {
    PrintWriter full =
        new PrintWriter(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("No space left on device");
              }
            });

    int code =
        Heal8s.commandLine(full, new PrintWriter(err))
            .execute("adopt", "kco", "-n", "shop", file(APPS));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("incomplete");
  }
}
