// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.heal8s.core.http.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The token of a user or of a GitHub App's installation. Files are read anew, so they can change.
 */
final class Credentials {

  /** An installation token is renewed before it ends. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  private static final Duration JWT_LIFE = Duration.ofMinutes(9);

  private final Map<String, String> settings;
  private final GithubApi api;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Installation> installation = new AtomicReference<>();

  private record Installation(Secret token, Instant until) {}

  Credentials(Map<String, String> settings, GithubApi api, InstantSource clock) {
    this.settings = settings;
    this.api = api;
    this.clock = clock;
  }

  /** What to call with now. */
  Access access() {
    String app = settings.get("GITHUB_APP_ID");
    String keyFile = settings.get("GITHUB_APP_PRIVATE_KEY_FILE");
    if (app != null && keyFile != null) {
      return ofApp(app, Path.of(keyFile));
    }
    String file = settings.get("GITHUB_TOKEN_FILE");
    String token = file == null ? settings.get("GITHUB_TOKEN") : read(Path.of(file));
    if (file != null && token == null) {
      return without("GITHUB_TOKEN_FILE cannot be read: " + file);
    }
    return token == null || token.isBlank()
        ? new Access.Anonymous()
        : new Access.With(Secret.of(token));
  }

  private static Access without(String why) {
    return new Access.NotNow(new Reply.NotSent(why));
  }

  private static @Nullable String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return null;
    }
  }

  private Access ofApp(String app, Path keyFile) {
    Installation known = installation.get();
    Instant now = clock.instant();
    if (known != null && now.isBefore(known.until().minus(EARLY))) {
      return new Access.With(known.token());
    }
    String id = settings.getOrDefault("GITHUB_APP_INSTALLATION_ID", "");
    Reply reply = api.signIn("/app/installations/" + id + "/access_tokens", signed(app, keyFile));
    if (reply instanceof Reply.Ok ok && ok.body().path("token").isString()) {
      Secret token = Secret.of(ok.body().path("token").stringValue());
      installation.set(new Installation(token, end(ok.body().path("expires_at").asString(""))));
      return new Access.With(token);
    }
    return known != null && now.isBefore(known.until())
        ? new Access.With(known.token())
        : without(reply);
  }

  /** A refusal of a token says nothing about what it was wanted for. */
  private static Access without(Reply reply) {
    return switch (reply) {
      case Reply.Limited _, Reply.NotSent _ -> new Access.NotNow(reply);
      case Reply.Refused(int _, String message) -> without("no token of the App: " + message);
      case Reply.Unsure(String message) -> without("no token of the App: " + message);
      case Reply.Ok _ -> without("no token of the App: the answer has none");
    };
  }

  private Instant end(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return clock.instant().plus(EARLY);
    }
  }

  private Access signed(String app, Path keyFile) {
    String pem = read(keyFile);
    if (pem == null) {
      return without("GITHUB_APP_PRIVATE_KEY_FILE cannot be read: " + keyFile);
    }
    try {
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader(JWSAlgorithm.RS256),
              new JWTClaimsSet.Builder()
                  .issuer(app)
                  .issueTime(Date.from(clock.instant().minusSeconds(60)))
                  .expirationTime(Date.from(clock.instant().plus(JWT_LIFE)))
                  .build());
      jwt.sign(new RSASSASigner(JWK.parseFromPEMEncodedObjects(pem).toRSAKey()));
      return new Access.With(Secret.of(jwt.serialize()));
    } catch (JOSEException | IllegalArgumentException e) {
      return without("GITHUB_APP_PRIVATE_KEY_FILE is no RSA key in PEM: " + keyFile);
    }
  }
}
