// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.cluster;

import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.heal8s.dev.controlplane.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** One cluster of the run and what was applied to it. */
final class SharedCluster implements AutoCloseable {

  private final Cluster cluster;
  private final ManifestApplier applier;

  /** Guarded by this. */
  private final Set<String> applied = new HashSet<>();

  SharedCluster(Parts parts) {
    this.cluster =
        Cluster.start(
            switch (parts) {
              case API -> ClusterOptions.api();
              case FULL -> ClusterOptions.full();
            });
    this.applier = new ManifestApplier(new ClusterAccess(cluster).admin(), "test");
  }

  synchronized void applyOnce(String path) {
    if (applied.add(path)) {
      applier.apply(repositoryRoot().resolve(path), "default");
    }
  }

  TestCluster inFreshNamespace() {
    String name = "test-" + UUID.randomUUID().toString().substring(0, 13);
    applier.applyText(
        "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name), "");
    return new TestCluster(cluster, name);
  }

  /** The folder above the module under test that holds the launcher or the git folder. */
  private static Path repositoryRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(".git")) && !Files.exists(folder.resolve("heal8s"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "not inside the repository: " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  @Override
  public void close() {
    cluster.close();
  }
}
