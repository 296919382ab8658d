// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ManifestApplier;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfMemoryStageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void podsAreKilledUntilTheLimitInTheManifestIsHighEnough() {
    try (Cluster cluster = Shop.startCluster(folder)) {
      ClusterAccess access = new ClusterAccess(cluster);
      Shop shop = new Shop(access.admin());
      ManifestApplier manifests = new ManifestApplier(access.admin(), "test");
      manifests.applyText(Shop.namespace(), Shop.NAMESPACE);
      manifests.applyText(Shop.manifest(), Shop.NAMESPACE);

      await().atMost(PATIENCE).until(() -> shop.podsOutOfMemory() == 2);
      assertThat(shop.readyPods()).as("pods that run out of memory are not ready").isZero();

      String raised = Shop.manifest().replace("memory: \"256Mi\"", "memory: \"320Mi\"");
      manifests.applyText(raised, Shop.NAMESPACE);

      // The pods before them go only when the new ones are ready.
      await().atMost(PATIENCE).until(() -> shop.readyPods() == 2 && shop.podsOutOfMemory() == 0);
      await()
          .during(Duration.ofSeconds(2))
          .atMost(PATIENCE)
          .until(() -> shop.readyPods() == 2 && shop.podsOutOfMemory() == 0);
    }
  }
}
