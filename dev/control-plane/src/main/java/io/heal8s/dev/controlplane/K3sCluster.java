// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** k3s in a container; its pods are real, so kwok's stages do not apply. */
final class K3sCluster implements Cluster {

  private static final DockerImageName IMAGE =
      DockerImageName.parse("rancher/k3s:v" + PinnedPrograms.kubeApiServer().version() + "-k3s1");

  private final K3sContainer container;
  private final ClusterFiles files;
  private final KubeconfigCluster view;

  private K3sCluster(K3sContainer container, ClusterFiles files, KubeconfigCluster view) {
    this.container = container;
    this.files = files;
    this.view = view;
  }

  static boolean engineAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  static K3sCluster start(ClusterOptions options) {
    KubeconfigCluster.refuseWhatItCannotHave(options, "k3s");
    if (!engineAnswers()) {
      throw new ClusterException("k3s needs a container engine, and none answers on its socket");
    }
    K3sContainer container = new K3sContainer(IMAGE);
    try {
      container.start();
      ClusterFiles files = ClusterFiles.create(options.directory());
      Path kubeconfig = files.root().resolve("kubeconfig");
      Files.writeString(kubeconfig, container.getKubeConfigYaml());
      ClusterOptions within = options.withDirectory(files.root());
      return new K3sCluster(container, files, KubeconfigCluster.open(kubeconfig, within));
    } catch (IOException | RuntimeException e) {
      container.stop();
      throw new ClusterException("k3s did not start: " + e.getMessage(), e);
    }
  }

  @Override
  public URI server() {
    return view.server();
  }

  @Override
  public Path kubeconfig() {
    return view.kubeconfig();
  }

  @Override
  public Path caFile() {
    return view.caFile();
  }

  @Override
  public Optional<String> adminToken() {
    return view.adminToken();
  }

  @Override
  public Path directory() {
    return view.directory();
  }

  @Override
  public Parts parts() {
    return Parts.FULL;
  }

  @Override
  public void close() {
    container.stop();
    try {
      files.delete();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + files.root(), e);
    }
  }
}
