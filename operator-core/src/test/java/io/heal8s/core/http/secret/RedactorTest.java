// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RedactorTest {
  /** Joined at run time, so that scanners of repositories find no token in this file. */
  private static String join(String... parts) {
    return String.join("", parts);
  }

  record Case(String text, String expected, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> cases() {
    String forty = "A".repeat(40);
    return Stream.of(
        new Case(
            join("push with gh", "p_", forty, " failed"),
            "push with *** failed",
            "classic tokens of GitHub"),
        new Case(join("gh", "s_", forty), "***", "tokens of a GitHub App's installation"),
        new Case(join("x github", "_pat_", forty, "."), "x ***.", "fine-grained tokens of GitHub"),
        new Case(join("gl", "pat-", forty), "***", "tokens of GitLab"),
        new Case(join("xo", "xb-1234-abcdefgh"), "***", "tokens of Slack"),
        new Case("Authorization: Bearer abc.def-123", "Authorization: Bearer ***", "a header"),
        new Case("authorization=abcdef;x", "authorization=***;x", "a header without a scheme"),
        new Case(
            "{\"authorization\":\"Basic dXNlcjpwdw==\"}",
            "{\"authorization\":\"Basic ***\"}",
            "a header in JSON"),
        new Case("sent Bearer abcdef0123 to it", "sent Bearer *** to it", "a bare bearer token"),
        new Case(
            "clone https://bot:s3cr3t@git.example/a/b.git",
            "clone https://***@git.example/a/b.git",
            "user name and password in an address"),
        new Case(
            "ssh://git@host/x and https://h/p@q",
            "ssh://***@host/x and https://h/p@q",
            "an at sign in a path is no password"),
        new Case(
            "GET https://h/a?token=abc&x=1", "GET https://h/a?token=***&x=1", "a token in a query"),
        new Case(
            join("jwt ey", "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln end"),
            "jwt *** end",
            "JSON web tokens, such as those of service accounts"),
        new Case(
            join("-----BEGIN RSA PRIV", "ATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nok"),
            "***\nok",
            "private keys"),
        new Case(
            join("-----BEGIN PRIV", "ATE KEY-----\nMIIE and cut off"),
            "***",
            "a private key that was cut off"),
        new Case("memory 256Mi -> 320Mi", "memory 256Mi -> 320Mi", "ordinary text stays"),
        new Case("the bearer of bad news", "the bearer of bad news", "a word is no token"),
        new Case("http://example.com/x", "http://example.com/x", "an address without password"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void masksShapes(Case c) {
    assertThat(Redactor.ofShapes().redact(c.text())).as(c.because()).isEqualTo(c.expected());
  }

  @Test
  void masksKnownValuesInEverySpelling() {
    String value = "s3cr3t/with+signs?";
    Redactor redactor = new Redactor(() -> List.of(Secret.of(value)));
    String base64 = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));

    assertThat(redactor.redact("a " + value + " b")).isEqualTo("a *** b");
    assertThat(redactor.redact("a " + base64 + " b")).startsWith("a ***").endsWith(" b");
    assertThat(redactor.redact("q=s3cr3t%2Fwith%2Bsigns%3F")).isEqualTo("q=***");
  }

  @Test
  void masksTheLongerOfTwoValuesFirst() {
    Redactor redactor =
        new Redactor(() -> List.of(Secret.of("abcdef"), Secret.of("abcdef-and-more")));

    assertThat(redactor.redact("x abcdef-and-more y")).isEqualTo("x *** y");
  }

  @Test
  void doesNotMaskHalfOfATextForAShortValue() {
    Redactor redactor = new Redactor(() -> List.of(Secret.of("a"), Secret.of("")));

    assertThat(redactor.redact("a banana")).isEqualTo("a banana");
  }

  @Test
  void takesLinearTimeOnTextMadeToHurt() {
    String hostile =
        "Bearer ".repeat(20_000) + "a://".repeat(20_000) + "-----BEGIN ".repeat(20_000);
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Redactor.ofShapes().redact(hostile));
  }

  @Property
  void aKnownValueNeverSurvives(
      @ForAll @AlphaChars @StringLength(min = 6, max = 40) String value,
      @ForAll @StringLength(max = 60) String before,
      @ForAll @StringLength(max = 60) String after) {
    Redactor redactor = new Redactor(() -> List.of(Secret.of(value)));

    assertThat(redactor.redact(before + value + after)).doesNotContain(value);
  }

  @Property
  void maskingTwiceIsMaskingOnce(@ForAll @StringLength(max = 200) String text) {
    Redactor redactor = Redactor.ofShapes();
    String once = redactor.redact(text);

    assertThat(redactor.redact(once)).isEqualTo(once);
  }
}
