// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The few requests that starting a cluster needs, with the JDK alone. */
final class ApiServerProbe implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final URI server;
  private final String token;
  private final HttpClient http;

  ApiServerProbe(URI server, Path authorities, String token)
      throws IOException, GeneralSecurityException {
    this.server = server;
    this.token = token;
    this.http =
        HttpClient.newBuilder().sslContext(trusting(authorities)).connectTimeout(PATIENCE).build();
  }

  /** Whether /readyz answers 200. */
  boolean ready() throws InterruptedException {
    return get("/readyz") != null;
  }

  /** The body of a 200 answer; null for any other answer and for none. */
  @Nullable String get(String path) throws InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : null;
    } catch (IOException notYet) {
      return null;
    }
  }

  /** Creates an object; one that is already there is left as it is. */
  void create(String path, String json) throws IOException, InterruptedException {
    HttpRequest post =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = http.send(post, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201 && answer.statusCode() != 409) {
      throw new ClusterException("the API server refused " + path + ": " + answer.body());
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private static SSLContext trusting(Path authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authorities)) {
      int number = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
