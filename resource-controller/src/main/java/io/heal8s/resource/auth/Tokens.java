// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.access.User;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;

/** Our own tokens: JSON Web Tokens signed with HS256. */
public final class Tokens {

  /** A shorter key than the hash could be guessed from one token. */
  public static final int SHORTEST_KEY = 32;

  private final Secret key;
  private final Duration lifetime;
  private final InstantSource clock;

  /**
   * Makes them.
   *
   * @param key at least {@link #SHORTEST_KEY} bytes
   * @param lifetime of a token
   * @throws IllegalArgumentException if the key is too short
   */
  public Tokens(Secret key, Duration lifetime, InstantSource clock) {
    if (key.length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "JWT_SECRET_KEY must have at least 32 bytes; make one with: openssl rand -hex 32");
    }
    this.key = key;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** A token for a user. */
  public String issue(User user) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(Long.toString(user.id()))
            .claim("username", user.username())
            .claim("is_admin", user.admin())
            .claim("source", user.source().name().toLowerCase(Locale.ROOT))
            .claim("custom_role_id", user.customRoleId())
            .expirationTime(Date.from(clock.instant().plus(lifetime)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      token.sign(new MACSigner(key.revealBytes()));
    } catch (JOSEException e) {
      throw new IllegalStateException("a token could not be signed", e);
    }
    return token.serialize();
  }

  /** The user that a token was given to. */
  Reading read(SignedJWT token) {
    try {
      if (!token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)
          || !token.verify(new MACVerifier(key.revealBytes()))) {
        return new Reading.Bad("Signature verification failed");
      }
      JWTClaimsSet claims = token.getJWTClaimsSet();
      Date expiry = claims.getExpirationTime();
      if (expiry == null) {
        return new Reading.Bad("Token is missing the \"exp\" claim");
      }
      Instant now = clock.instant();
      return expiry.toInstant().isAfter(now)
          ? new Reading.Of(Long.parseLong(String.valueOf(claims.getSubject())))
          : new Reading.Expired();
    } catch (JOSEException | ParseException | NumberFormatException e) {
      return new Reading.Bad("Not enough segments");
    }
  }

  /** What a token says. */
  sealed interface Reading {
    record Of(long userId) implements Reading {}

    record Expired() implements Reading {}

    record Bad(String why) implements Reading {}
  }
}
