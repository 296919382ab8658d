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
import java.util.Optional;
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

  /** The token to call with; empty for none. */
  Optional<Secret> token() {
    String app = settings.get("GITHUB_APP_ID");
    String keyFile = settings.get("GITHUB_APP_PRIVATE_KEY_FILE");
    if (app != null && keyFile != null) {
      return ofApp(app, Path.of(keyFile));
    }
    String file = settings.get("GITHUB_TOKEN_FILE");
    String token = file == null ? settings.get("GITHUB_TOKEN") : read(Path.of(file));
    return Optional.ofNullable(token).filter(text -> !text.isBlank()).map(Secret::of);
  }

  private static @Nullable String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return null;
    }
  }

  private Optional<Secret> ofApp(String app, Path keyFile) {
    Installation known = installation.get();
    if (known != null && clock.instant().isBefore(known.until().minus(EARLY))) {
      return Optional.of(known.token());
    }
    String id = settings.getOrDefault("GITHUB_APP_INSTALLATION_ID", "");
    Reply reply =
        api.post("/app/installations/" + id + "/access_tokens", null, signed(app, keyFile));
    if (!(reply instanceof Reply.Ok ok) || !ok.body().path("token").isString()) {
      return Optional.empty();
    }
    Secret token = Secret.of(ok.body().path("token").stringValue());
    installation.set(new Installation(token, end(ok.body().path("expires_at").asString(""))));
    return Optional.of(token);
  }

  private Instant end(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return clock.instant().plus(EARLY);
    }
  }

  private Optional<Secret> signed(String app, Path keyFile) {
    String pem = read(keyFile);
    if (pem == null) {
      return Optional.empty();
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
      return Optional.of(Secret.of(jwt.serialize()));
    } catch (JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
