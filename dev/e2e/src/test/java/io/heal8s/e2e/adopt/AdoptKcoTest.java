// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.e2e.CalledCommand;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code heal8s adopt kco --kubeconfig}, as a process with the kubectl of its path. */
@RealCluster(
    apply = {
      "charts/crds/targetapps.yaml",
      "charts/crds/remediations.yaml",
      "charts/crds/remediationpolicies.yaml"
    })
class AdoptKcoTest {

  private static final ResourceType<JsonObject> CONFIG_MAPS =
      ResourceType.untyped("", "v1", "ConfigMap", "configmaps", true);

  @TempDir Path folder;

  private CalledCommand adopt(TestCluster test, String namespace) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    if (Files.notExists(bin.resolve("kubectl"))) {
      Files.createSymbolicLink(bin.resolve("kubectl"), Programs.ofThisUser().kubectl());
    }
    return CalledCommand.call(
        Map.of("PATH", bin.toString()),
        List.of("adopt", "kco", "-n", namespace, "--kubeconfig=" + test.cluster().kubeconfig()));
  }

  @Test
  void whatItPrintsGivesTheAccountWhatTheActionsNeed(TestCluster test) throws Exception {
    test.applyText(
        """
        apiVersion: %s
        kind: TargetApp
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          stateQuery: "{health}"
          actions:
          - trigger: {field: health, condition: equals, value: bad}
            action: patch_resource
            parameters: {resourceType: configmap, resourceName: switch, patchData: {data: {a: b}}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: switch}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: other}
        """
            .formatted(TargetApp.API_VERSION));

    CalledCommand ended = adopt(test, test.namespace());
    assertThat(ended.code()).as(ended.err()).isZero();
    test.applyText(ended.out());

    ApiClient account = test.asServiceAccount(test.namespace(), "heal8s-actions");
    assertThat(read(account, test, "switch")).isInstanceOf(Answer.Ok.class);
    assertThat(read(account, test, "other"))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.failure()).isInstanceOf(ApiFailure.Forbidden.class));
    assertThat(ended.out()).contains("unapproved").contains("PatchResource");
  }

  private static Answer<?> read(ApiClient as, TestCluster test, String name) {
    return new KubernetesReader(new KubernetesApi(as, Duration.ofSeconds(20)))
        .get(CONFIG_MAPS, new ObjectKey(test.namespace(), name));
  }

  @Test
  void saysWhenThereIsNothing(TestCluster test) throws Exception {
    CalledCommand ended = adopt(test, test.namespace());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("no TargetApp of namespace " + test.namespace());
  }

  @Test
  void saysWhenKubectlIsMissing(TestCluster test) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.writeString(bin.resolve("kubectl"), "not a program");
    CalledCommand ended = adopt(test, test.namespace());
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("kubectl is not on this machine");
  }
}
