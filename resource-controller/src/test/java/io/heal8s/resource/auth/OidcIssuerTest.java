// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.JdbcUserStore;
import io.heal8s.resource.testing.PostgresExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens of an issuer elsewhere, which publishes its keys on loopback. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcIssuerTest {

  private static final String AUDIENCE = "heal8s";

  private final List<JWK> published = new ArrayList<>();
  private final AtomicInteger fetches = new AtomicInteger();
  private Instant now = Instant.EPOCH;
  private HttpServer server;
  private String keysAt = "";
  private OutboundHttpClient client;
  private UserStore users;
  private OidcIssuer issuer;
  private RSAKey key;

  /** To make one takes a second. */
  @BeforeAll
  void makeKey() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
  }

  @BeforeEach
  void start(Database database) throws IOException {
    now = Instant.parse("2026-11-28T12:00:00Z");
    published.clear();
    fetches.set(0);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keysAt = address() + "/keys";
    serve("/.well-known/openid-configuration", () -> "{\"jwks_uri\":\"" + keysAt + "\"}");
    serve(
        "/keys",
        () -> {
          fetches.incrementAndGet();
          return new JWKSet(published).toString(true);
        });
    server.start();
    // It is the deployer's, so it needs no entry on the list for what users name.
    client = new OutboundHttpClient(OutboundSettings.defaults());
    users = new JdbcUserStore(database);
    issuer =
        new OidcIssuer(
            new OidcIssuer.Settings(address(), AUDIENCE, "preferred_username"),
            client,
            users,
            () -> now);
    published.add(key);
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void serve(String path, java.util.function.Supplier<String> body) {
    server.createContext(
        path,
        exchange -> {
          byte[] text = body.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
          exchange.close();
        });
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private SignedJWT token(
      JWSAlgorithm algorithm, String id, JWSSigner signer, Consumer<JWTClaimsSet.Builder> change)
      throws JOSEException {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(address())
            .audience(AUDIENCE)
            .claim("preferred_username", "ada")
            .claim("email", "ada@example.org")
            .expirationTime(Date.from(now.plusSeconds(60)));
    change.accept(claims);
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims.build());
    token.sign(signer);
    return token;
  }

  private SignedJWT token(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
    return token(JWSAlgorithm.RS256, "one", new RSASSASigner(key), change);
  }

  private String refusal(SignedJWT token) {
    return issuer.read(token) instanceof Tokens.Reading.Bad bad ? bad.why() : "none";
  }

  @Test
  void itsUsersBecomeUsersWithoutAnyRole() throws Exception {
    Tokens.Reading reading = issuer.read(token(claims -> {}));
    assertThat(reading).isInstanceOf(Tokens.Reading.Of.class);
    User ada = users.find("ada").orElseThrow();
    assertThat(ada.source()).isEqualTo(User.Source.OIDC);
    assertThat(ada.admin()).isFalse();
    assertThat(ada.customRoleId()).isNull();
    assertThat(((Tokens.Reading.Of) reading).userId()).isEqualTo(ada.id());
    assertThat(issuer.read(token(claims -> {}))).as("the same one again").isEqualTo(reading);
    assertThat(fetches).as("its keys are asked for once").hasValue(1);
  }

  @Test
  void nobodyTakesTheNameOfAnotherUser() throws Exception {
    users.create(
        new UserStore.NewUser("ada", "hash", null, null, true, null, User.Source.MANUAL, null));
    assertThat(refusal(token(claims -> {}))).isEqualTo("another user has the name ada");
  }

  @Test
  void whatATokenMustSay() throws Exception {
    assertThat(refusal(token(claims -> claims.audience("another"))))
        .isEqualTo("Audience doesn't match");
    assertThat(refusal(token(claims -> claims.issuer("https://elsewhere.example"))))
        .isEqualTo("Invalid issuer");
    assertThat(refusal(token(claims -> claims.claim("preferred_username", null))))
        .isEqualTo("the claim preferred_username is missing");
    assertThat(refusal(token(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(300))))))
        .isEqualTo("The token is not yet valid");
    assertThat(issuer.read(token(claims -> claims.expirationTime(Date.from(now.minusSeconds(31))))))
        .isInstanceOf(Tokens.Reading.Expired.class);
    assertThat(issuer.read(token(claims -> claims.expirationTime(null))))
        .isInstanceOf(Tokens.Reading.Expired.class);
    assertThat(users.find("ada")).as("none of them made a user").isEmpty();
  }

  @Test
  void aPublicKeyIsNoSharedSecret() throws Exception {
    byte[] secret = key.toRSAPublicKey().getEncoded();
    assertThat(refusal(token(JWSAlgorithm.HS256, "one", new MACSigner(secret), claims -> {})))
        .isEqualTo("Signature verification failed");
  }

  @Test
  void anotherKeyOfThatNameDoesNotCount() throws Exception {
    RSAKey forged = new RSAKeyGenerator(2048).keyID("one").generate();
    assertThat(refusal(token(JWSAlgorithm.RS256, "one", new RSASSASigner(forged), claims -> {})))
        .isEqualTo("Signature verification failed");
  }

  @Test
  void aNewKeyCountsSoonAndOneThatIsTakenBackNoLonger() throws Exception {
    assertThat(issuer.read(token(claims -> {}))).isInstanceOf(Tokens.Reading.Of.class);
    ECKey next = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
    published.clear();
    published.add(next);
    SignedJWT fresh = token(JWSAlgorithm.ES256, "two", new ECDSASigner(next), claims -> {});
    assertThat(refusal(fresh)).as("the issuer is not asked at every guess").contains("Signature");
    assertThat(fetches).hasValue(1);
    now = now.plus(Duration.ofSeconds(11));
    assertThat(issuer.read(fresh)).isInstanceOf(Tokens.Reading.Of.class);
    assertThat(refusal(token(claims -> {}))).isEqualTo("Signature verification failed");
  }

  @Test
  void keysElsewhereInOurNetworkAreNotAskedForBecauseTheIssuerSaysSo() throws Exception {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicInteger asked = new AtomicInteger();
    other.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    other.start();
    try {
      keysAt = "http://127.0.0.1:" + other.getAddress().getPort() + "/keys";
      assertThat(refusal(token(claims -> {}))).isEqualTo("the issuer does not answer");
      assertThat(asked).hasValue(0);
    } finally {
      other.stop(0);
    }
  }

  @Test
  void anIssuerThatDoesNotAnswerIsSaid() throws Exception {
    SignedJWT token = token(claims -> {});
    server.stop(0);
    assertThat(refusal(token)).isEqualTo("the issuer does not answer");
  }
}
