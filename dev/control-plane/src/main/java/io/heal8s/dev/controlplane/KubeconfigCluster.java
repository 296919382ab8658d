// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import io.kubernetes.client.util.KubeConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster that somebody else runs, named by its kubeconfig; closing it leaves it as it is. */
final class KubeconfigCluster implements Cluster {

  private final Path kubeconfig;
  private final Path directory;
  private final URI server;
  private final @Nullable String token;
  private final Parts parts;

  private KubeconfigCluster(
      Path kubeconfig, Path directory, URI server, @Nullable String token, Parts parts) {
    this.kubeconfig = kubeconfig;
    this.directory = directory;
    this.server = server;
    this.token = token;
    this.parts = parts;
  }

  static KubeconfigCluster open(Path kubeconfig, ClusterOptions options) {
    refuseWhatItCannotHave(options, "a cluster by kubeconfig");
    if (!Files.isReadable(kubeconfig)) {
      throw new ClusterException(
          ClusterChoice.SETTING + " names " + kubeconfig + ", which is not a readable file");
    }
    try (BufferedReader reader = Files.newBufferedReader(kubeconfig)) {
      KubeConfig parsed = KubeConfig.loadKubeConfig(reader);
      parsed.setFile(kubeconfig.toAbsolutePath().toFile());
      String server = parsed.getServer();
      if (server == null) {
        throw new ClusterException(kubeconfig + " has no current context with a server");
      }
      Path directory = ClusterFiles.create(options.directory()).root();
      byte[] authorities = authorities(parsed, kubeconfig);
      Files.write(directory.resolve("ca.crt"), authorities);
      String token =
          Objects.requireNonNullElse(parsed.getCredentials(), Map.<String, String>of())
              .get(KubeConfig.CRED_TOKEN_KEY);
      return new KubeconfigCluster(
          kubeconfig, directory, URI.create(server), token, options.parts());
    } catch (IOException e) {
      throw new ClusterException("cannot read " + kubeconfig + ": " + e.getMessage(), e);
    }
  }

  /** Flags and stages are for programs that only a local cluster starts. */
  static void refuseWhatItCannotHave(ClusterOptions options, String kind) {
    if (!options.kwokStages().isEmpty() || !options.apiServerFlags().isEmpty()) {
      throw new ClusterException(
          kind
              + " takes no kwok stages and no API server flags, and this run needs them; set "
              + ClusterChoice.SETTING
              + "=local");
    }
  }

  private static byte[] authorities(KubeConfig parsed, Path kubeconfig) throws IOException {
    String inline = parsed.getCertificateAuthorityData();
    if (inline != null) {
      return Base64.getDecoder().decode(inline);
    }
    String file = parsed.getCertificateAuthorityFile();
    if (file != null) {
      return Files.readAllBytes(kubeconfig.toAbsolutePath().resolveSibling(file));
    }
    return new byte[0];
  }

  @Override
  public URI server() {
    return server;
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public Path caFile() {
    return directory.resolve("ca.crt");
  }

  @Override
  public Optional<String> adminToken() {
    return Optional.ofNullable(token);
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public Parts parts() {
    return parts;
  }

  @Override
  public void close() {
    try {
      if (directory.getFileName().toString().startsWith("heal8s-cluster-")) {
        FileTree.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }
}
