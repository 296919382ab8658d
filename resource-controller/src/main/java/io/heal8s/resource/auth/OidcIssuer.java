// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID Connect issuer whose tokens count here. Its users become users here when they first
 * come, without any role; an administrator gives them one.
 */
public final class OidcIssuer {

  /** A key that the issuer takes back stops counting that soon. */
  private static final Duration KEYS_KEPT = Duration.ofMinutes(5);

  /** A key that is new there counts that soon; more often nobody can make us ask the issuer. */
  private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

  private static final Duration SKEW = Duration.ofSeconds(30);

  /** Never a symmetric one: the key would be the issuer's public one. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final Settings settings;
  private final OutboundHttpClient client;
  private final UserStore users;
  private final InstantSource clock;
  private volatile @Nullable Keys keys;

  /**
   * Where the issuer is and what its tokens must say.
   *
   * @param issuer address of the issuer, as in its tokens
   * @param audience one of the audiences of its tokens
   * @param usernameClaim claim that becomes the name of the user
   */
  public record Settings(String issuer, String audience, String usernameClaim) {}

  /** Makes it; contacts nobody yet. */
  public OidcIssuer(
      Settings settings, OutboundHttpClient client, UserStore users, InstantSource clock) {
    this.settings = settings;
    this.client = client;
    this.users = users;
    this.clock = clock;
  }

  Tokens.Reading read(SignedJWT token) {
    try {
      if (!ALGORITHMS.contains(token.getHeader().getAlgorithm()) || !isSigned(token)) {
        return new Tokens.Reading.Bad("Signature verification failed");
      }
      return judge(token.getJWTClaimsSet());
    } catch (JOSEException | ParseException | Unreachable e) {
      return new Tokens.Reading.Bad(String.valueOf(e.getMessage()));
    }
  }

  private Tokens.Reading judge(JWTClaimsSet claims) throws ParseException {
    Date expiry = claims.getExpirationTime();
    if (!settings.issuer().equals(claims.getIssuer())) {
      return new Tokens.Reading.Bad("Invalid issuer");
    }
    if (!claims.getAudience().contains(settings.audience())) {
      return new Tokens.Reading.Bad("Audience doesn't match");
    }
    if (expiry == null || !expiry.toInstant().isAfter(clock.instant().minus(SKEW))) {
      return new Tokens.Reading.Expired();
    }
    Date notBefore = claims.getNotBeforeTime();
    if (notBefore != null && notBefore.toInstant().isAfter(clock.instant().plus(SKEW))) {
      return new Tokens.Reading.Bad("The token is not yet valid");
    }
    String name = claims.getStringClaim(settings.usernameClaim());
    return name == null || name.isBlank()
        ? new Tokens.Reading.Bad("the claim " + settings.usernameClaim() + " is missing")
        : user(name, claims.getStringClaim("email"));
  }

  private Tokens.Reading user(String name, @Nullable String email) {
    UserStore.Synced synced =
        users
            .find(name)
            .filter(known -> known.source() == User.Source.OIDC)
            .map(known -> new UserStore.Synced(known, false))
            .orElseGet(
                () ->
                    users.sync(
                        new UserStore.NewUser(
                            name, null, email, null, false, null, User.Source.OIDC, null)));
    return synced == null
        ? new Tokens.Reading.Bad("another user has the name " + name)
        : new Tokens.Reading.Of(synced.user().id());
  }

  private boolean isSigned(SignedJWT token) throws JOSEException, Unreachable {
    JWK key = key(token.getHeader().getKeyID());
    JWSVerifier verifier =
        switch (key) {
          case RSAKey rsa -> new RSASSAVerifier(rsa);
          case ECKey ec -> new ECDSAVerifier(ec);
          case null, default -> null;
        };
    return verifier != null && token.verify(verifier);
  }

  private @Nullable JWK key(@Nullable String id) throws Unreachable {
    Keys known = keys;
    Instant now = clock.instant();
    if (known == null || known.isOlderThan(KEYS_KEPT, now)) {
      known = fetched(now);
    }
    JWK key = known.find(id);
    return key == null && known.isOlderThan(BETWEEN_FETCHES, now) ? fetched(now).find(id) : key;
  }

  private Keys fetched(Instant now) throws Unreachable {
    Keys fresh = new Keys(fetch(), now);
    keys = fresh;
    return fresh;
  }

  private record Keys(JWKSet set, Instant at) {

    boolean isOlderThan(Duration age, Instant now) {
      return at.plus(age).isBefore(now);
    }

    @Nullable JWK find(@Nullable String id) {
      return id == null && set.getKeys().size() == 1
          ? set.getKeys().getFirst()
          : set.getKeyByKeyId(id);
    }
  }

  private JWKSet fetch() throws Unreachable {
    String discovery =
        settings.issuer().replaceFirst("/$", "") + "/.well-known/openid-configuration";
    try {
      String where = JsonMapper.shared().readTree(get(discovery)).path("jwks_uri").asString("");
      return JWKSet.parse(get(where));
    } catch (JacksonException | ParseException | IllegalArgumentException e) {
      throw new Unreachable("the issuer's keys cannot be read");
    }
  }

  private String get(String address) throws Unreachable {
    URI uri = URI.create(address);
    OutboundRequest request = OutboundRequest.of("GET", uri);
    // Its keys may lie elsewhere; that place is named by the issuer, not by our settings.
    OutboundResult result = client.send(isAtIssuer(uri) ? request.toConfiguredAddress() : request);
    if (result instanceof OutboundResult.Response response && response.status() == 200) {
      return new String(response.body().bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    throw new Unreachable("the issuer does not answer");
  }

  private boolean isAtIssuer(URI uri) {
    URI issuer = URI.create(settings.issuer());
    return issuer.getScheme().equalsIgnoreCase(uri.getScheme())
        && issuer.getHost().equalsIgnoreCase(uri.getHost())
        && issuer.getPort() == uri.getPort();
  }

  private static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    private Unreachable(String message) {
      super(message, null, false, false);
    }
  }
}
