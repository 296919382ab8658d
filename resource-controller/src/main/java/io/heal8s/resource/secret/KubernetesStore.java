// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.secret;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.util.ClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets of the cluster that this process runs in: {@code kubernetes:namespace/name#key}. Read one
 * by one; the chart's Role names those that may be.
 */
public final class KubernetesStore implements SecretReferences.Store {

  private static final Logger log = LoggerFactory.getLogger(KubernetesStore.class);
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Cluster cluster;
  private volatile @Nullable CoreV1Api api;

  /** How the cluster is reached; called once. */
  @FunctionalInterface
  public interface Cluster {
    ApiClient client() throws IOException;
  }

  /** The cluster of this pod, as the pod's account; contacts nobody yet. */
  public KubernetesStore() {
    this(() -> ClientBuilder.cluster().build());
  }

  /** A given cluster; contacts nobody yet. */
  public KubernetesStore(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A race makes one too many, which is dropped. */
  private CoreV1Api api() throws IOException {
    CoreV1Api known = api;
    if (known == null) {
      ApiClient client = cluster.client();
      client.setReadTimeout(TIMEOUT_MILLIS);
      client.setConnectTimeout(TIMEOUT_MILLIS);
      known = new CoreV1Api(client);
      api = known;
    }
    return known;
  }

  @Override
  public String scheme() {
    return "kubernetes";
  }

  @Override
  public Optional<String> read(String reference) {
    if (!reference.matches("[a-z0-9.-]+/[a-z0-9.-]+#[A-Za-z0-9._-]+")) {
      return Optional.empty();
    }
    String namespace = reference.substring(0, reference.indexOf('/'));
    String name = reference.substring(reference.indexOf('/') + 1, reference.indexOf('#'));
    String key = reference.substring(reference.indexOf('#') + 1);
    try {
      var secret = api().readNamespacedSecret(name, namespace).execute();
      Map<String, byte[]> data = secret.getData();
      byte[] value = data == null ? null : data.get(key);
      return value == null
          ? Optional.empty()
          : Optional.of(new String(value, StandardCharsets.UTF_8));
    } catch (ApiException | IOException e) {
      log.warn("the Secret {}/{} cannot be read", namespace, name);
      return Optional.empty();
    }
  }
}
