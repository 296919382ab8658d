// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import io.kubernetes.client.openapi.models.V1TokenRequestStatus;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.credentials.AccessTokenAuthentication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * Ways into a cluster under one identity or another, as clients for this process and as kubeconfigs
 * for other processes.
 *
 * <p>Each call makes a client of its own, so a caller may change its time-outs. None of them ever
 * becomes the client library's default one.
 */
public final class ClusterAccess {

  private static final Duration TOKEN_LIFE = Duration.ofHours(24);

  private final Cluster cluster;

  /** Access to a running cluster. */
  public ClusterAccess(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A client with all rights. */
  public ApiClient admin() {
    return client(cluster.kubeconfig());
  }

  /**
   * A client that acts as another user with the rights of that user and of its groups, by
   * impersonation.
   *
   * @param user such as {@code alice}, or {@code system:serviceaccount:NAMESPACE:NAME}
   * @param groups further groups; {@code system:authenticated} is always among them
   */
  public ApiClient asUser(String user, String... groups) {
    ApiClient client = admin();
    return client.setHttpClient(
        client
            .getHttpClient()
            .newBuilder()
            .addInterceptor(
                chain -> {
                  var request = chain.request().newBuilder().header("Impersonate-User", user);
                  for (String group : groups) {
                    request.addHeader("Impersonate-Group", group);
                  }
                  request.addHeader("Impersonate-Group", "system:authenticated");
                  return chain.proceed(request.build());
                })
            .build());
  }

  /**
   * A client that is a ServiceAccount, by a token that the API server issued (TokenRequest): it has
   * exactly the rights that were bound to that account.
   *
   * @throws ClusterException if there is no such account
   */
  public ApiClient asServiceAccount(String namespace, String name) {
    try {
      return new ClientBuilder()
          .setBasePath(cluster.server().toString())
          .setVerifyingSsl(true)
          .setCertificateAuthority(Files.readAllBytes(cluster.caFile()))
          .setAuthentication(new AccessTokenAuthentication(tokenOf(namespace, name)))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a kubeconfig for a ServiceAccount into the cluster's folder, for a process that is to
   * run under exactly its rights. Its current namespace is the account's; its token is good for a
   * day.
   *
   * @return the file; a second call writes it anew
   * @throws ClusterException if there is no such account
   */
  public Path kubeconfigFor(String namespace, String name) {
    try {
      Path file = cluster.directory().resolve("kubeconfig-" + namespace + "-" + name);
      byte[] authorities = Files.readAllBytes(cluster.caFile());
      String user = "system:serviceaccount:" + namespace + ":" + name;
      String token = tokenOf(namespace, name);
      return writeKubeconfig(file, cluster.server(), authorities, user, token, namespace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a token of a ServiceAccount, good for a day, into the cluster's folder, for a process
   * that speaks to the API server itself.
   *
   * @return the file; a second call writes it anew
   * @throws ClusterException if there is no such account
   */
  public Path tokenFileFor(String namespace, String name) {
    try {
      return Files.writeString(
          cluster.directory().resolve("token-" + namespace + "-" + name), tokenOf(namespace, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tokenOf(String namespace, String name) {
    AuthenticationV1TokenRequest request =
        new AuthenticationV1TokenRequest()
            .spec(
                new V1TokenRequestSpec()
                    .audiences(List.of())
                    .expirationSeconds(TOKEN_LIFE.toSeconds()));
    try {
      V1TokenRequestStatus status =
          new CoreV1Api(admin())
              .createNamespacedServiceAccountToken(name, namespace, request)
              .execute()
              .getStatus();
      if (status == null) {
        throw new ClusterException("the API server issued no token");
      }
      return status.getToken();
    } catch (ApiException e) {
      throw new ClusterException(
          "no token for ServiceAccount " + namespace + "/" + name + ": " + e.getResponseBody(), e);
    }
  }

  private static ApiClient client(Path kubeconfig) {
    try (BufferedReader reader = Files.newBufferedReader(kubeconfig)) {
      KubeConfig parsed = KubeConfig.loadKubeConfig(reader);
      parsed.setFile(kubeconfig.toFile());
      return ClientBuilder.kubeconfig(parsed).build();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + kubeconfig, e);
    }
  }

  /** Writes a kubeconfig that stands alone: the authorities and the token are inlined. */
  static Path writeKubeconfig(
      Path file, URI server, byte[] authorities, String user, String token, String namespace)
      throws IOException {
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: heal8s
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: %s
          user:
            token: %s
        contexts:
        - name: heal8s
          context:
            cluster: heal8s
            user: %s
            namespace: %s
        current-context: heal8s
        """
            .formatted(
                server,
                Base64.getEncoder().encodeToString(authorities),
                user,
                token,
                user,
                namespace),
        StandardCharsets.UTF_8);
  }
}
