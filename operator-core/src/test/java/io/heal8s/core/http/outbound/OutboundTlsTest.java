// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.outbound.OutboundResult.Failed;
import io.heal8s.core.http.outbound.OutboundResult.FailureKind;
import io.heal8s.core.http.outbound.OutboundResult.Response;
import io.heal8s.core.http.webhook.TestCertificates;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Certificates are checked by the name, though the address is pinned. */
class OutboundTlsTest extends OutboundCalls {

  private static SSLContext tls(TestCertificates.Identity identity, boolean server)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = new char[0];
    SSLContext context = SSLContext.getInstance("TLS");
    if (server) {
      store.setKeyEntry(
          "k",
          identity.keys().getPrivate(),
          password,
          new X509Certificate[] {identity.certificate()});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, password);
      context.init(keys.getKeyManagers(), null, null);
    } else {
      store.setCertificateEntry("c", identity.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      context.init(null, trust.getTrustManagers(), null);
    }
    return context;
  }

  /** The name that a client asked for in its handshake, and what became of its request. */
  private OutboundResult overTls(
      String name, TestCertificates.Identity identity, AtomicReference<@Nullable String> asked)
      throws Exception {
    SSLContext serverTls = tls(identity, true);
    SSLServerSocket socket =
        (SSLServerSocket) serverTls.getServerSocketFactory().createServerSocket(0, 10, LOOPBACK);
    closeLater(socket);
    ExecutorService threads = closeLater(Executors.newVirtualThreadPerTaskExecutor());
    var _ =
        threads.submit(
            () -> {
              try (SSLSocket client = (SSLSocket) socket.accept()) {
                client.startHandshake();
                for (SNIServerName sni :
                    ((ExtendedSSLSession) client.getSession()).getRequestedServerNames()) {
                  asked.set(new String(sni.getEncoded(), StandardCharsets.US_ASCII));
                }
                client
                    .getOutputStream()
                    .write(HostileServer.bytes("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
                client.getOutputStream().flush();
                return client.getInputStream().read();
              }
            });
    resolver.then("127.0.0.1");
    OutboundHttpClient client =
        closeLater(
            new OutboundHttpClient(
                new OutboundSettings(
                    null,
                    Set.of(socket.getLocalPort()),
                    LOOPBACK_LISTED,
                    null,
                    Duration.ofSeconds(10),
                    null,
                    null),
                resolver,
                tls(identity, false)));
    OutboundResult result =
        client.send(
            OutboundRequest.of(
                "GET", URI.create("https://" + name + ":" + socket.getLocalPort() + "/")));
    client.close();
    return result;
  }

  @Test
  void overTlsTheNameIsAskedForAndCheckedThoughTheAddressIsPinned() throws Exception {
    TestCertificates.Identity identity =
        TestCertificates.identity("CN=x", TestCertificates.dns("shop.example"));
    AtomicReference<@Nullable String> asked = new AtomicReference<>();

    assertThat(overTls("shop.example", identity, asked)).isInstanceOf(Response.class);
    assertThat(asked).hasValue("shop.example");
  }

  @Test
  void aCertificateOfAnotherNameIsNotAccepted() throws Exception {
    TestCertificates.Identity identity =
        TestCertificates.identity("CN=x", TestCertificates.dns("shop.example"));

    assertThat(overTls("other.example", identity, new AtomicReference<>()))
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.TlsFailed));
  }
}
