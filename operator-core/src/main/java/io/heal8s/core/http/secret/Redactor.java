// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Masks secrets in texts that people will read: status, events, logs, pull requests.
 *
 * <p>Two nets: the values that this process knows, also in Base64 and percent-encoded, and the
 * shapes of well-known tokens. Every pattern runs in time linear in the text.
 */
public final class Redactor {
  /** What stands in place of a secret. */
  public static final String MASK = "***";

  /** Known values shorter than this are not searched for: they would mask half of any text. */
  private static final int MIN_KNOWN_LENGTH = 6;

  private record Shape(Pattern pattern, String replacement) {
    static Shape whole(String regex) {
      return new Shape(Pattern.compile(regex), MASK);
    }

    static Shape after(String prefix, String secret) {
      return new Shape(Pattern.compile("(" + prefix + ")" + secret), "$1" + MASK);
    }
  }

  /** Ordered: whole headers and URLs before the tokens that they may hold. */
  private static final List<Shape> SHAPES =
      List.of(
          Shape.whole(
              "(?s)-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,40}-----|\\z)"),
          Shape.after(
              "(?i)\\bauthorization\\b\"?\\s{0,8}[:=]\\s{0,8}\"?(?:(?:bearer|basic|token)\\s++)?",
              "[^\\s\",;]++"),
          Shape.after("(?i)\\b(?:bearer|basic)\\s++(?!\\*{3})", "[a-z0-9._~+/=-]{6,}+"),
          Shape.after("\\b[a-zA-Z][a-zA-Z0-9+.-]{1,20}://", "[^\\s/?#@\"'<>]{1,1024}+(?=@)"),
          Shape.after(
              "(?i)[?&](?:access_token|private_token|token|api_?key|key|secret|password|sig|signature)=",
              "[^&\\s\"'<>#]++"),
          Shape.whole("\\bgithub_pat_[A-Za-z0-9_]{20,}+"),
          Shape.whole("\\bgh[pousr]_[A-Za-z0-9]{20,}+"),
          Shape.whole("\\bgl(?:pat|dt|rt|oas)-[A-Za-z0-9_.-]{16,}+"),
          Shape.whole("\\bxox[abeoprs]-[A-Za-z0-9-]{8,}+"),
          Shape.whole("\\bglsa_[A-Za-z0-9_]{20,}+"),
          Shape.whole("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
          Shape.whole("\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{4,}+\\.[A-Za-z0-9_-]*+"));

  private final KnownSecrets known;

  /**
   * Makes a redactor.
   *
   * @param known the secrets that this process holds
   */
  public Redactor(KnownSecrets known) {
    this.known = known;
  }

  /**
   * A redactor that knows shapes only, for processes that hold no secret.
   *
   * @return the redactor
   */
  public static Redactor ofShapes() {
    return new Redactor(List::of);
  }

  /**
   * Masks what looks like a secret or is a known one.
   *
   * @param text any text
   * @return the text, {@link #MASK} in place of each secret; the same text if there is none
   */
  public String redact(String text) {
    String result = text;
    for (String value : spellings(known.current())) {
      result = result.replace(value, MASK);
    }
    for (Shape shape : SHAPES) {
      result = shape.pattern().matcher(result).replaceAll(shape.replacement());
    }
    return result;
  }

  private static List<String> spellings(Collection<Secret> secrets) {
    return secrets.stream()
        .filter(secret -> secret.length() >= MIN_KNOWN_LENGTH)
        .flatMap(Redactor::spellings)
        .distinct()
        // Longest first: a secret that contains another one must not leave its rest behind.
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  private static Stream<String> spellings(Secret secret) {
    byte[] bytes = secret.revealBytes();
    return Stream.of(
        secret.reveal(),
        URLEncoder.encode(secret.reveal(), StandardCharsets.UTF_8),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
