// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens, apps and their installations. */
public final class Accounts {

  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final Duration LONGEST_ASSERTION = Duration.ofMinutes(10);
  private static final Duration SKEW = Duration.ofSeconds(60);

  private final InstantSource clock;
  private final Map<String, Caller> tokens = new ConcurrentHashMap<>();
  private final Map<Long, App> apps = new ConcurrentHashMap<>();
  private final AtomicInteger issued = new AtomicInteger();

  Accounts(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * An app with one installation.
   *
   * @param id the app's number, the issuer of its assertions
   * @param key verifies its assertions
   * @param installation number of the installation
   * @param slug its name; acts as {@code slug[bot]}
   * @param access what its installation may do
   */
  record App(long id, PublicKey key, long installation, String slug, Access access) {}

  /** Makes a personal token. */
  public void token(String secret, String login, Access access) {
    tokens.put(secret, new Caller(login, access, Instant.MAX));
  }

  /** Revokes a token, so that it is answered with 401. */
  public void revoke(String secret) {
    tokens.remove(secret);
  }

  /** Revokes all tokens of installations, as when an app's owner does so. */
  public void revokeInstallations() {
    tokens.keySet().removeIf(secret -> secret.startsWith("ghs_"));
  }

  /** Registers an app that is installed once; its parameters as in {@link App}. */
  public void app(long id, PublicKey key, long installation, String slug, Access access) {
    apps.put(id, new App(id, key, installation, slug, access));
  }

  /** How many tokens were issued to installations. */
  public int issued() {
    return issued.get();
  }

  /** The caller of a request by its Authorization header; empty for none and for a bad one. */
  Optional<Caller> caller(@Nullable String header) {
    return Optional.ofNullable(tokens.get(credential(header)))
        .filter(caller -> caller.expires().isAfter(clock.instant()));
  }

  /** The app that signed the assertion in an Authorization header. */
  Optional<App> app(@Nullable String header) {
    String[] parts = credential(header).split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode head = JsonMapper.shared().readTree(decoded(parts[0]));
      JsonNode claims = JsonMapper.shared().readTree(decoded(parts[1]));
      App app = apps.get(Long.parseLong(claims.path("iss").asString("0")));
      if (app == null || !head.path("alg").asString("").equals("RS256") || !timely(claims)) {
        return Optional.empty();
      }
      return signed(app.key(), parts) ? Optional.of(app) : Optional.empty();
    } catch (IllegalArgumentException | JacksonException | GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private boolean timely(JsonNode claims) {
    Instant now = clock.instant();
    Instant issuedAt = Instant.ofEpochSecond(claims.path("iat").asLong(Long.MAX_VALUE / 1000));
    Instant expires = Instant.ofEpochSecond(claims.path("exp").asLong(0));
    return issuedAt.isBefore(now.plus(SKEW))
        && expires.isAfter(now)
        && !expires.isAfter(now.plus(LONGEST_ASSERTION).plus(SKEW));
  }

  private static boolean signed(PublicKey key, String[] parts) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(decoded(parts[2]));
  }

  private static byte[] decoded(String part) {
    return Base64.getUrlDecoder().decode(part);
  }

  /** A fresh token of an app's installation. */
  String issue(App app) {
    String secret = "ghs_standin%d".formatted(issued.incrementAndGet());
    tokens.put(
        secret, new Caller(app.slug() + "[bot]", app.access(), clock.instant().plus(TOKEN_LIFE)));
    return secret;
  }

  /** When a token issued now ends. */
  Instant expiry() {
    return clock.instant().plus(TOKEN_LIFE);
  }

  private static String credential(@Nullable String header) {
    if (header == null) {
      return "";
    }
    int blank = header.indexOf(' ');
    String scheme = blank < 0 ? "" : header.substring(0, blank);
    return scheme.equalsIgnoreCase("bearer") || scheme.equalsIgnoreCase("token")
        ? header.substring(blank + 1).strip()
        : "";
  }
}
