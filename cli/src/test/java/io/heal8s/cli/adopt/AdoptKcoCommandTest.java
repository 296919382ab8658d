// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.cli.Heal8s;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
