// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterChoiceTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "minikube              | takes local, k3s or kubeconfig:PATH | an unknown kind is no default",
        "kubeconfig:/no/such   | not a readable file                 | the setting is named, not a stack",
      })
  void aWrongSettingIsRefusedWithWhatItTakes(String setting, String message, String because) {
    assertThatThrownBy(() -> choice(setting).start(ClusterOptions.api()))
        .as(because)
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("HEAL8S_CLUSTER")
        .hasMessageContaining(message);
  }

  @Test
  void aGivenClusterIsUsedAndLeftRunning() throws Exception {
    try (Cluster owner = LocalCluster.start(ClusterOptions.api(), Programs.ofThisUser())) {
      String setting = "kubeconfig:" + owner.kubeconfig();
      Path directory;
      try (Cluster given = choice(setting).start(ClusterOptions.api())) {
        directory = given.directory();
        assertThat(given.server()).isEqualTo(owner.server());
        assertThat(given.kubeconfig()).isEqualTo(owner.kubeconfig());
        assertThat(given.adminToken()).isEqualTo(owner.adminToken());
        assertThat(given.caFile()).hasSameBinaryContentAs(owner.caFile());
        new CoreV1Api(new ClusterAccess(given).admin()).listNamespace().execute();
        assertThatThrownBy(given::stopApiServer)
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining("HEAL8S_CLUSTER=local");
      }
      assertThat(directory).doesNotExist();
      new CoreV1Api(new ClusterAccess(owner).admin()).listNamespace().execute();
    }
  }

  @Test
  void aGivenClusterRefusesWhatOnlyALocalOneCanHave() throws Exception {
    Path kubeconfig = Files.createFile(folder.resolve("kubeconfig"));
    ClusterOptions withStage = ClusterOptions.full().withKwokStages(folder.resolve("stage.yaml"));
    assertThatThrownBy(() -> choice("kubeconfig:" + kubeconfig).start(withStage))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("kwok stages")
        .hasMessageContaining("HEAL8S_CLUSTER=local");
  }

  private static ClusterChoice choice(String setting) {
    return new ClusterChoice(Map.of(ClusterChoice.SETTING, setting), Programs.ofThisUser());
  }
}
