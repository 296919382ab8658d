// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import org.jspecify.annotations.Nullable;

/** Makes the client of the API server from a kubeconfig or from the pod's own account. */
final class ApiClients {

  private static final Path POD_TOKEN =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
  private static final int IDLE_CONNECTIONS = 32;

  private final Map<String, String> environment;

  ApiClients(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads credentials; contacts nobody.
   *
   * @throws IllegalArgumentException with one line that says what to change
   */
  ApiClient connect(KubernetesSettings settings) {
    ApiClient client = client(settings);
    // The client's own pool of threads and its limit of five calls a host would make every burst of
    // writes wait for itself.
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(settings.maxConcurrentCalls());
    dispatcher.setMaxRequestsPerHost(settings.maxConcurrentCalls());
    client.setHttpClient(
        client
            .getHttpClient()
            .newBuilder()
            .dispatcher(dispatcher)
            .connectionPool(
                new ConnectionPool(IDLE_CONNECTIONS, 5, java.util.concurrent.TimeUnit.MINUTES))
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(false)
            .build());
    return client;
  }

  private ApiClient client(KubernetesSettings settings) {
    Path file = kubeconfig(settings.kubeconfig());
    try {
      if (file != null) {
        return fromFile(file);
      }
      if (Files.exists(POD_TOKEN)) {
        return ClientBuilder.cluster().build();
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "heal8s.kubernetes.kubeconfig: cannot use "
              + (file == null ? "the pod's account" : file)
              + ": "
              + e.getMessage(),
          e);
    }
    throw new IllegalArgumentException(
        "heal8s.kubernetes.kubeconfig is not set, and this is not a pod: set it, or KUBECONFIG, to a"
            + " kubeconfig file");
  }

  private static ApiClient fromFile(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("there is no such file that can be read");
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      KubeConfig config = KubeConfig.loadKubeConfig(reader);
      config.setFile(file.toFile());
      return ClientBuilder.kubeconfig(config).build();
    } catch (RuntimeException notAKubeconfig) {
      // The parser throws whatever its YAML library throws.
      throw new IOException("not a kubeconfig: " + notAKubeconfig.getMessage(), notAKubeconfig);
    }
  }

  private @Nullable Path kubeconfig(@Nullable String setting) {
    String text = setting == null || setting.isBlank() ? environment.get("KUBECONFIG") : setting;
    if (text == null || text.isBlank()) {
      return null;
    }
    boolean inHome = text.equals("~") || text.startsWith("~/");
    String home = environment.getOrDefault("HOME", "");
    return Path.of(inHome ? home + text.substring(1) : text);
  }
}
