// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.act.WebhookSender.Reply;
import io.heal8s.operator.intent.WebhookCall;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver with a certificate that nobody signed but itself, and for another name. */
class OutboundWebhooksTest {

  private HttpsServer receiver;
  private final AtomicInteger received = new AtomicInteger();

  @BeforeEach
  void listen() throws Exception {
    receiver = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    receiver.createContext(
        "/",
        exchange -> {
          received.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private static SSLContext selfSigned() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    X500Principal name = new X500Principal("CN=somebody");
    Instant now = Instant.now();
    X509Certificate certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        name,
                        keys.getPublic())
                    .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    char[] none = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, none);
    store.setKeyEntry("server", keys.getPrivate(), none, new Certificate[] {certificate});
    KeyManagerFactory identity =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identity.init(store, none);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity.getKeyManagers(), null, null);
    return context;
  }

  private Reply send(boolean verifyTls, List<Cidr> allowed) {
    int port = receiver.getAddress().getPort();
    OutboundSettings settings =
        new OutboundSettings(null, Set.of(port), allowed, null, null, null, null);
    try (OutboundWebhooks webhooks =
        new OutboundWebhooks(settings, query -> new Reading.Read(List.of()))) {
      return webhooks.send(
          new WebhookCall(
              "https://127.0.0.1:" + port + "/hook",
              "POST",
              new TreeMap<>(),
              new JsonObject(),
              Duration.ofSeconds(20),
              verifyTls,
              new WebhookCall.Context("", null, Map.of(), null)),
          "shop",
          "{}",
          "key");
    }
  }

  @Test
  void aCertificateThatNobodyKnowsIsBelievedOnlyWhereSomebodySaidSo() {
    List<Cidr> loopback = List.of(Cidr.valueOf("127.0.0.0/8"));
    assertThat(send(true, loopback)).isInstanceOf(Reply.Failed.class);
    assertThat(received).hasValue(0);
    assertThat(send(false, loopback)).isEqualTo(new Reply.Answered(204));
    assertThat(received).hasValue(1);
  }

  @Test
  void whereMayBeCalledIsAskedAllTheSame() {
    assertThat(send(false, List.of())).isInstanceOf(Reply.Refused.class);
    assertThat(received).hasValue(0);
  }
}
