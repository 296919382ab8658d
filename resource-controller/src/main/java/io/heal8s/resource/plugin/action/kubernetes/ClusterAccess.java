// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import io.heal8s.core.effect.KubernetesApi;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the client from {@code kubeconfig}, else from the pod's own account; contacts nobody. */
final class ClusterAccess {

  private static final Path POD_TOKEN =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private ClusterAccess() {}

  /**
   * Makes it.
   *
   * @throws IllegalArgumentException with one line that says what to change
   */
  static KubernetesApi open(Map<String, String> settings) {
    Set<String> unknown = new TreeSet<>(settings.keySet());
    unknown.remove("kubeconfig");
    // The input plugin has the same name, and so its settings in the same part.
    unknown.removeAll(Set.of("namespace", "types", "interval"));
    unknown.removeIf(name -> name.matches("[A-Z0-9_]+"));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "PLUGIN_CONFIGS: kubernetes has no setting %s; there is kubeconfig"
              .formatted(String.join(", ", unknown)));
    }
    ApiClient client = client(settings.get("kubeconfig"));
    client.setHttpClient(client.getHttpClient().newBuilder().followRedirects(false).build());
    return new KubernetesApi(client, TIMEOUT);
  }

  private static ApiClient client(@Nullable String kubeconfig) {
    try {
      if (kubeconfig != null) {
        return fromFile(Path.of(kubeconfig));
      }
      if (Files.exists(POD_TOKEN)) {
        return ClientBuilder.cluster().build();
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "PLUGIN_CONFIGS: kubeconfig of kubernetes cannot be used: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        "PLUGIN_CONFIGS: kubernetes needs kubeconfig, because this is not a pod with an account");
  }

  private static ApiClient fromFile(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      KubeConfig config = KubeConfig.loadKubeConfig(reader);
      config.setFile(file.toFile());
      return ClientBuilder.kubeconfig(config).build();
    } catch (RuntimeException notAKubeconfig) {
      // The parser throws whatever its YAML library throws.
      throw new IOException(file + " is not a kubeconfig", notAKubeconfig);
    }
  }
}
