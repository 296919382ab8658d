// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.dev.controlplane.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands, typed one after the other, on a cluster that nobody else uses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HelmInstallTest {
  private static final Path HELM = Programs.ofThisUser().helm();

  private final Cluster cluster = Cluster.start(ClusterOptions.api());
  private final Api admin = new Api(new ClusterAccess(cluster).admin());
  private String token = "";

  @TempDir Path home;

  @AfterAll
  void stop() {
    cluster.close();
  }

  @BeforeAll
  void nothingIsThere() {
    assertThat(admin.list("/apis/apiextensions.k8s.io/v1/customresourcedefinitions")).isEmpty();
  }

  @Test
  @Order(1)
  void definitionsThenServices() throws Exception {
    helm("install", "heal8s-crds", chart("crds"), "--create-namespace");
    String notes = helm("install", "heal8s", chart("heal8s"));

    assertThat(notes)
        .contains("url: http://heal8s-alert-gateway.heal8s-system.svc:8082/webhooks/alertmanager")
        .contains("kubectl get secret heal8s-alert-gateway-webhook -n heal8s-system")
        .contains("kind: RemediationPolicy")
        .contains("--clusterrole=heal8s-approver");
    assertThat(admin.list("/apis/apps/v1/namespaces/heal8s-system/deployments"))
        .containsExactlyInAnyOrder(
            "heal8s-alert-gateway",
            "heal8s-github-pr-service",
            "heal8s-graphql-monitor",
            "heal8s-remediation-operator");
    token = token();
    assertThat(token).matches("[A-Za-z0-9]{43}");
  }

  @Test
  @Order(2)
  void anUpgradeKeepsTheToken() throws Exception {
    helm("upgrade", "heal8s", chart("heal8s"), "--set", "replicaCount=2");

    assertThat(token()).isEqualTo(token);
  }

  @Test
  @Order(3)
  void anUpgradeKeepsATokenThatIsBeingExchanged() throws Exception {
    Doc secret = Doc.yaml("{apiVersion: v1, kind: Secret}").with("metadata", secretName());
    String fresh =
        Base64.getEncoder()
            .encodeToString("fresh-token-0123456789".getBytes(StandardCharsets.UTF_8));
    String old = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    isAccepted(admin.merge(secret, "{data: {token: '" + fresh + "', previous: '" + old + "'}}"));

    helm("upgrade", "heal8s", chart("heal8s"));

    assertThat(token()).isEqualTo("fresh-token-0123456789");
    assertThat(admin.get(secret).object().text("data.previous")).isEqualTo(old);
  }

  @Test
  @Order(4)
  void uninstallingKeepsWhatPeopleHaveWritten() throws Exception {
    isAccepted(admin.create(Samples.remediation("heal8s-system", "kept")));

    helm("uninstall", "heal8s");
    helm("uninstall", "heal8s-crds");

    isAccepted(admin.get(Samples.remediation("heal8s-system", "kept")));
    assertThat(admin.list("/apis/apiextensions.k8s.io/v1/customresourcedefinitions")).hasSize(3);
    assertThat(admin.list("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies"))
        .isEmpty();
    assertThat(token()).isEqualTo("fresh-token-0123456789");
  }

  @Test
  @Order(5)
  void theUmbrellaAloneIsEnough() throws Exception {
    helm("install", "heal8s", chart("heal8s"));

    assertThat(admin.list("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies"))
        .contains("heal8s-approval");
    assertThat(token()).as("the kept one").isEqualTo("fresh-token-0123456789");
  }

  private static JsonObject secretName() {
    return Doc.map("name", "heal8s-alert-gateway-webhook", "namespace", Charts.SYSTEM);
  }

  private String token() {
    Doc secret = Doc.yaml("{apiVersion: v1, kind: Secret}").with("metadata", secretName());
    String data = admin.get(secret).object().text("data.token");
    return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
  }

  private static String chart(String name) {
    return Charts.FOLDER.resolve(name).toString();
  }

  private String helm(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of(HELM.toString()));
    line.addAll(List.of(words));
    line.addAll(List.of("--namespace", Charts.SYSTEM));
    line.addAll(List.of("--kubeconfig", cluster.kubeconfig().toString()));
    Path output = Files.createTempFile(home, "helm", ".out");
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    // Its caches go where the test's own files are.
    builder.environment().put("HELM_CACHE_HOME", home.resolve("cache").toString());
    builder.environment().put("HELM_CONFIG_HOME", home.resolve("config").toString());
    builder.environment().put("HELM_DATA_HOME", home.resolve("data").toString());
    Process process = builder.redirectOutput(output.toFile()).start();
    int exit = process.waitFor();
    String text = Files.readString(output);
    assertThat(exit).as(text).isZero();
    return text;
  }

  private static void isAccepted(Answer answer) {
    new Answer.Assertion(answer).isAccepted();
  }
}
