// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.dev.controlplane.ChartRefusedException;
import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.Parts;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.AuthenticationV1Api;
import io.kubernetes.client.openapi.models.V1SelfSubjectReview;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plugins kubernetes act with an account of their own, as the chart mounts it. */
@RealCluster(parts = Parts.FULL)
class PluginsAccountTest {

  private static String namespace = "";
  private static String account = "";
  private static Rendered rendered = new Rendered(List.of());

  @BeforeAll
  static void install(TestCluster cluster) {
    namespace = cluster.namespace();
    account = "heal8s-" + namespace + "-resource-controller-kubernetes";
    String yaml =
        chart()
            .release("heal8s-" + namespace, namespace)
            .set("serviceAccount.name", "\"service\"")
            .set(
                "kubernetes.apply",
                """
                {"namespaces": ["%s"], "rules": [{"apiGroups": ["apps"], "resources": ["deployments"]}]}
                """
                    .formatted(namespace)
                    .strip())
            .set(
                "kubernetes.secrets",
                "[{\"namespace\": \"%s\", \"names\": [\"database\"]}]".formatted(namespace))
            .render();
    rendered = Rendered.of(yaml);
    cluster.applyText(yaml);
  }

  private static HelmChart chart() {
    return Charts.chart("resource-controller")
        .set("database.host", "\"pg\"")
        .set("existingSecret", "\"mine\"");
  }

  @Test
  void theKubeconfigThatIsMountedIsThatAccount(TestCluster cluster, @TempDir Path mounted)
      throws Exception {
    Api admin = new Api(cluster.admin());
    Doc secret = rendered.ofKind("Secret").findFirst().orElseThrow();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> admin.get(secret).object().at("data.token") != null);
    Path token =
        Files.write(
            mounted.resolve("token"),
            Base64.getDecoder().decode(admin.get(secret).object().text("data.token")));
    String kubeconfig =
        rendered
            .ofKind("ConfigMap")
            .findFirst()
            .orElseThrow()
            .text("data.kubeconfig")
            .replace("https://kubernetes.default.svc", cluster.admin().getBasePath())
            .replace("/etc/heal8s/kubernetes/token", token.toString())
            .replaceFirst("certificate-authority: .*", "insecure-skip-tls-verify: true");
    ApiClient plugin =
        ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(kubeconfig))).build();

    var self =
        new AuthenticationV1Api(plugin)
            .createSelfSubjectReview(new V1SelfSubjectReview())
            .execute();

    assertThat(
            Objects.requireNonNull(Objects.requireNonNull(self.getStatus()).getUserInfo())
                .getUsername())
        .isEqualTo("system:serviceaccount:" + namespace + ":" + account);
  }

  @ParameterizedTest
  @CsvSource({
    "plugins, apps, deployments, patch,  true",
    "plugins, '',   configmaps,  create, true",
    "plugins, '',   secrets,     get,    false",
    "service, apps, deployments, patch,  false",
    "service, '',   configmaps,  create, false",
    "service, '',   secrets,     get,    true",
  })
  void eachHasTheRightsOfItsOwnWork(
      String who, String group, String resource, String verb, boolean may, TestCluster cluster) {
    Doc question =
        Doc.yaml("{apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview}")
            .with(
                "spec.user",
                "system:serviceaccount:"
                    + namespace
                    + ":"
                    + (who.equals("plugins") ? account : who))
            .with(
                "spec.resourceAttributes",
                Doc.map(
                    "verb",
                    verb,
                    "group",
                    group,
                    "resource",
                    resource,
                    "name",
                    "database",
                    "namespace",
                    namespace));

    assertThat(new Api(cluster.admin()).review(question).object().text("status.allowed"))
        .isEqualTo(Boolean.toString(may));
  }

  @Test
  void withoutThemThereIsNoSuchAccount() {
    Rendered without = Rendered.of(chart().render());

    assertThat(without.ofKind("ServiceAccount")).hasSize(1);
    assertThat(without.ofKind("Secret", "ConfigMap", "Role", "RoleBinding")).isEmpty();
  }

  @Test
  void aKubeconfigOfOnesOwnBesideItIsRefused() {
    HelmChart both =
        chart()
            .set("kubernetes.apply.namespaces", "[\"shop\"]")
            .set(
                "settings.PLUGIN_CONFIGS",
                "\"{\\\"kubernetes\\\": {\\\"kubeconfig\\\": \\\"/x\\\"}}\"");

    assertThatThrownBy(both::render)
        .isInstanceOf(ChartRefusedException.class)
        .hasMessageContaining("leave one of them out");
  }
}
