// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.http.secret.ManualClock;
import io.heal8s.core.http.secret.MountedFile;
import io.heal8s.core.http.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookAuthenticatorTest {
  private static final String FIRST = "first-token-0123456789";
  private static final String SECOND = "second-token-0123456789";
  private static final String KEY = "signing-key-0123456789";
  private static final String JWT = "aaaa.bbbb.cccc";
  private static final String USER = "system:serviceaccount:monitoring:alertmanager";

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock();
  private Path tokens;
  private Path keys;

  @BeforeEach
  void writeSecrets() throws Exception {
    tokens = Files.writeString(directory.resolve("token"), FIRST + "\n" + SECOND + "\n");
    keys = Files.writeString(directory.resolve("key"), KEY + "\n");
  }

  private WebhookAuthenticator bearer(Path... files) {
    return of(Set.of(AuthMode.BEARER), new BearerSettings(List.of(files)), null, null, null);
  }

  private WebhookAuthenticator hmac(HmacSettings.Style style) {
    return of(Set.of(AuthMode.HMAC), null, HmacSettings.of(style, List.of(keys)), null, null);
  }

  private WebhookAuthenticator of(
      Set<AuthMode> modes,
      @Nullable BearerSettings bearer,
      @Nullable HmacSettings hmac,
      @Nullable TokenReviewSettings review,
      @Nullable TokenReviewer reviewer) {
    return WebhookAuthenticator.of(
        new WebhookAuthSettings(modes, bearer, hmac, null, review), reviewer, clock);
  }

  private static String sign(String key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Authentication unknown(RefusalReason reason) {
    return new Authentication.Refused(401, reason);
  }

  // Bearer

  record BearerCase(FakeRequest request, Authentication expected, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<BearerCase> bearerCases() {
    Authentication accepted = new Authentication.Accepted(new Caller(AuthMode.BEARER, "token"));
    Authentication wrong = unknown(RefusalReason.UnknownToken);
    Authentication none = unknown(RefusalReason.NoCredentials);
    return Stream.of(
        new BearerCase(new FakeRequest().bearer(FIRST), accepted, "the first token is valid"),
        new BearerCase(new FakeRequest().bearer(SECOND), accepted, "two tokens are valid at once"),
        new BearerCase(
            new FakeRequest().header("Authorization", "bearer  " + FIRST),
            accepted,
            "schemes have no case, and space is no part of a token"),
        new BearerCase(new FakeRequest(), none, "nothing was sent"),
        new BearerCase(new FakeRequest().bearer(""), none, "an empty token is nothing"),
        new BearerCase(
            new FakeRequest().header("Authorization", "Basic " + FIRST),
            none,
            "another scheme is not ours to judge"),
        new BearerCase(
            new FakeRequest().bearer(FIRST + "x"), wrong, "a longer token is another token"),
        new BearerCase(new FakeRequest().bearer(FIRST.substring(1)), wrong, "a shorter one too"),
        new BearerCase(
            new FakeRequest().bearer(FIRST + "\n" + SECOND), wrong, "the file is not the token"),
        new BearerCase(
            new FakeRequest().bearer(FIRST).bearer("other"),
            unknown(RefusalReason.AmbiguousCredentials),
            "two headers could be read differently by two readers"));
  }

  @ParameterizedTest
  @MethodSource("bearerCases")
  void judgesBearerTokens(BearerCase c) throws Exception {
    assertThat(bearer(tokens).authenticate(c.request())).as(c.because()).isEqualTo(c.expected());
    assertThat(c.request().bodyWasRead()).as("a bearer token needs no body").isFalse();
  }

  @Test
  void aRotatedTokenIsTakenUpWithoutARestart() throws Exception {
    WebhookAuthenticator authenticator = bearer(tokens);

    Files.writeString(tokens, "third-token-0123456789");
    clock.advance(MountedFile.RECHECK);

    assertThat(authenticator.authenticate(new FakeRequest().bearer(FIRST)))
        .isEqualTo(unknown(RefusalReason.UnknownToken));
    assertThat(authenticator.authenticate(new FakeRequest().bearer("third-token-0123456789")))
        .isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void tokensOfSeveralFilesAreValidAndNamedByTheirFile() throws Exception {
    Path previous = Files.writeString(directory.resolve("previous"), "old-token-0123456789");

    assertThat(
            bearer(tokens, previous).authenticate(new FakeRequest().bearer("old-token-0123456789")))
        .isEqualTo(new Authentication.Accepted(new Caller(AuthMode.BEARER, "previous")));
  }

  @Test
  void anEmptiedFileLetsNobodyInAndIsNotTheCallersFault() throws Exception {
    WebhookAuthenticator authenticator = bearer(tokens);

    Files.writeString(tokens, "");
    clock.advance(MountedFile.RECHECK);

    assertThat(authenticator.authenticate(new FakeRequest().bearer(FIRST)))
        .isEqualTo(new Authentication.Unavailable(RefusalReason.CredentialsUnreadable));
    assertThat(authenticator.authenticate(new FakeRequest()))
        .isEqualTo(unknown(RefusalReason.NoCredentials));
  }

  // HMAC

  @Test
  void aGrafanaSignatureHoldsForItsBodyAndItsTimeOnly() throws Exception {
    WebhookAuthenticator authenticator = hmac(HmacSettings.Style.GRAFANA);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    String signature = sign(KEY, timestamp + ":{}");

    assertThat(authenticator.authenticate(grafana(signature, timestamp, "{}")))
        .isEqualTo(new Authentication.Accepted(new Caller(AuthMode.HMAC, "key")));
    assertThat(authenticator.authenticate(grafana(signature, timestamp, "{ }")))
        .as("another body")
        .isEqualTo(unknown(RefusalReason.BadSignature));
    assertThat(
            authenticator.authenticate(
                grafana(signature, Long.toString(clock.instant().getEpochSecond() + 1), "{}")))
        .as("another time")
        .isEqualTo(unknown(RefusalReason.BadSignature));
    assertThat(
            authenticator.authenticate(
                grafana(sign("another-key-0123456789", timestamp + ":{}"), timestamp, "{}")))
        .as("another key")
        .isEqualTo(unknown(RefusalReason.BadSignature));
  }

  private static FakeRequest grafana(String signature, String timestamp, String body) {
    return new FakeRequest()
        .header("X-Grafana-Alerting-Signature", signature)
        .header("X-Grafana-Alerting-Timestamp", timestamp)
        .body(body);
  }

  record WindowCase(Duration passed, boolean accepted, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<WindowCase> windowCases() {
    return Stream.of(
        new WindowCase(Duration.ZERO, true, "just signed"),
        new WindowCase(Duration.ofMinutes(5), true, "the end of the window belongs to it"),
        new WindowCase(Duration.ofSeconds(301), false, "a replay after the window"),
        new WindowCase(Duration.ofDays(365), false, "a replay after a year"),
        new WindowCase(Duration.ofMinutes(-5), true, "the sender's clock may be ahead"),
        new WindowCase(Duration.ofSeconds(-301), false, "but not for ever: that would stay valid"));
  }

  @ParameterizedTest
  @MethodSource("windowCases")
  void aSignatureIsValidWithinItsWindow(WindowCase c) throws Exception {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    FakeRequest request = grafana(sign(KEY, timestamp + ":{}"), timestamp, "{}");

    clock.advance(c.passed());

    assertThat(hmac(HmacSettings.Style.GRAFANA).authenticate(request))
        .as(c.because())
        .isEqualTo(
            c.accepted()
                ? new Authentication.Accepted(new Caller(AuthMode.HMAC, "key"))
                : unknown(RefusalReason.TimestampOutsideWindow));
    assertThat(request.bodyWasRead())
        .as("a late request's body is not read")
        .isEqualTo(c.accepted());
  }

  record MalformedCase(FakeRequest request, RefusalReason expected, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<MalformedCase> malformedSignatures() {
    String header = "X-Grafana-Alerting-Signature";
    String zeros = "0".repeat(64);
    return Stream.of(
        new MalformedCase(new FakeRequest(), RefusalReason.NoCredentials, "no signature"),
        new MalformedCase(
            new FakeRequest().header(header, zeros),
            RefusalReason.TimestampMissing,
            "without a timestamp it could be replayed for ever"),
        new MalformedCase(
            grafana(zeros, "yesterday", ""), RefusalReason.TimestampMissing, "no number"),
        new MalformedCase(
            grafana(zeros, "9".repeat(30), ""), RefusalReason.TimestampMissing, "no time"),
        new MalformedCase(grafana(zeros, "-1", ""), RefusalReason.TimestampMissing, "negative"),
        new MalformedCase(grafana("", "0", ""), RefusalReason.BadSignature, "empty"),
        new MalformedCase(grafana("zz".repeat(32), "0", ""), RefusalReason.BadSignature, "no hex"),
        new MalformedCase(grafana("00", "0", ""), RefusalReason.BadSignature, "too short"),
        new MalformedCase(
            grafana(zeros, "0", "").header(header, zeros),
            RefusalReason.AmbiguousCredentials,
            "sent twice"));
  }

  @ParameterizedTest
  @MethodSource("malformedSignatures")
  void refusesMalformedSignatures(MalformedCase c) throws Exception {
    assertThat(hmac(HmacSettings.Style.GRAFANA).authenticate(c.request()))
        .as(c.because())
        .isEqualTo(unknown(c.expected()));
    assertThat(c.request().bodyWasRead()).isFalse();
  }

  @Test
  void githubSignsTheBodyAlone() throws Exception {
    // The example of GitHub's manual, "Validating webhook deliveries".
    Files.writeString(keys, "It's a Secret to Everybody");
    FakeRequest request =
        new FakeRequest()
            .header(
                "x-hub-signature-256",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
            .body("Hello, World!");

    assertThat(hmac(HmacSettings.Style.GITHUB).authenticate(request))
        .isInstanceOf(Authentication.Accepted.class);
    assertThat(
            hmac(HmacSettings.Style.GITHUB)
                .authenticate(
                    new FakeRequest()
                        .header("x-hub-signature-256", sign("It's a Secret to Everybody", "x"))
                        .body("x")))
        .as("without its prefix it is another kind of signature")
        .isEqualTo(unknown(RefusalReason.BadSignature));
  }

  @Test
  void twoKeysAreValidAtOnce() throws Exception {
    Files.writeString(keys, "new-key-0123456789\n" + KEY);
    String timestamp = Long.toString(clock.instant().getEpochSecond());

    assertThat(
            hmac(HmacSettings.Style.GRAFANA)
                .authenticate(grafana(sign(KEY, timestamp + ":x"), timestamp, "x")))
        .isInstanceOf(Authentication.Accepted.class);
  }

  // TokenReview

  /** Answers what it was told to, and counts. */
  private static final class FakeReviewer implements TokenReviewer {
    private final AtomicReference<Review> answer = new AtomicReference<>(new Unknown());
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Review review(Secret token) {
      asked.incrementAndGet();
      return answer.get();
    }
  }

  private final FakeReviewer reviewer = new FakeReviewer();

  private WebhookAuthenticator tokenReview() {
    return of(
        Set.of(AuthMode.TOKEN_REVIEW),
        null,
        null,
        new TokenReviewSettings(null, Set.of(USER), null, null),
        reviewer);
  }

  @Test
  void aUserOnTheListIsLetInAndAnotherIsForbidden() throws Exception {
    WebhookAuthenticator authenticator = tokenReview();

    reviewer.answer.set(new TokenReviewer.Known(USER, Set.of()));
    assertThat(authenticator.authenticate(new FakeRequest().bearer(JWT)))
        .isEqualTo(new Authentication.Accepted(new Caller(AuthMode.TOKEN_REVIEW, USER)));

    reviewer.answer.set(new TokenReviewer.Known("system:serviceaccount:a:b", Set.of()));
    assertThat(authenticator.authenticate(new FakeRequest().bearer("other.token.here")))
        .isEqualTo(new Authentication.Refused(403, RefusalReason.UnknownUser));
  }

  @Test
  void judgementsAreRememberedForAShortTime() throws Exception {
    WebhookAuthenticator authenticator = tokenReview();
    reviewer.answer.set(new TokenReviewer.Known(USER, Set.of()));

    for (int i = 0; i < 100; i++) {
      assertThat(authenticator.authenticate(new FakeRequest().bearer(JWT)))
          .isInstanceOf(Authentication.Accepted.class);
    }
    assertThat(reviewer.asked).hasValue(1);

    reviewer.answer.set(new TokenReviewer.Unknown());
    clock.advance(Duration.ofSeconds(11));
    assertThat(authenticator.authenticate(new FakeRequest().bearer(JWT)))
        .as("a revoked token lives on for the cache's time at most")
        .isEqualTo(unknown(RefusalReason.UnknownToken));
  }

  @Test
  void anApiServerThatIsAwayLetsNobodyInAndIsAskedAgain() throws Exception {
    WebhookAuthenticator authenticator = tokenReview();
    reviewer.answer.set(new TokenReviewer.Unreachable());
    assertThat(authenticator.authenticate(new FakeRequest().bearer(JWT)))
        .isEqualTo(new Authentication.Unavailable(RefusalReason.ReviewUnavailable));

    reviewer.answer.set(new TokenReviewer.Known(USER, Set.of()));
    assertThat(authenticator.authenticate(new FakeRequest().bearer(JWT)))
        .as("an outage is not remembered")
        .isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void whatIsNoTokenOfAClusterIsNotAskedAbout() throws Exception {
    WebhookAuthenticator authenticator = tokenReview();

    for (String token : List.of("opaque", "a.b", "a.b.c.d", "a..c", "x".repeat(20_000))) {
      assertThat(authenticator.authenticate(new FakeRequest().bearer(token)))
          .isEqualTo(unknown(RefusalReason.UnknownToken));
    }
    assertThat(reviewer.asked).hasValue(0);
  }

  @Test
  void aReviewerThatThrowsLetsNobodyIn() throws Exception {
    WebhookAuthenticator authenticator =
        of(
            Set.of(AuthMode.TOKEN_REVIEW),
            null,
            null,
            new TokenReviewSettings(null, Set.of(USER), null, null),
            token -> {
              throw new IllegalStateException(token.reveal());
            });

    assertThat(authenticator.authenticate(new FakeRequest().bearer(JWT)))
        .isEqualTo(new Authentication.Unavailable(RefusalReason.CheckFailed));
  }

  // Together

  @Test
  void oneAcceptedCredentialIsEnough() throws Exception {
    WebhookAuthenticator authenticator =
        of(
            Set.of(AuthMode.BEARER, AuthMode.TOKEN_REVIEW),
            new BearerSettings(List.of(tokens)),
            null,
            new TokenReviewSettings(null, Set.of(USER), null, null),
            reviewer);

    assertThat(authenticator.authenticate(new FakeRequest().bearer(FIRST)))
        .isInstanceOf(Authentication.Accepted.class);
    assertThat(reviewer.asked).as("a shared token is nobody else's business").hasValue(0);

    reviewer.answer.set(new TokenReviewer.Known(USER, Set.of()));
    assertThat(authenticator.authenticate(new FakeRequest().bearer(JWT)))
        .isInstanceOf(Authentication.Accepted.class);

    reviewer.answer.set(new TokenReviewer.Unreachable());
    assertThat(authenticator.authenticate(new FakeRequest().bearer("x.y.z")))
        .as("it might have been a good token, so the sender is to try again")
        .isEqualTo(new Authentication.Unavailable(RefusalReason.ReviewUnavailable));
  }

  @Test
  void opennessIsASettingOfItsOwn() throws Exception {
    assertThat(of(Set.of(AuthMode.NONE), null, null, null, null).authenticate(new FakeRequest()))
        .isEqualTo(new Authentication.Accepted(new Caller(AuthMode.NONE, "anonymous")));
  }

  record SettingsCase(WebhookAuthSettings settings, String message) {
    @Override
    public String toString() {
      return message;
    }
  }

  static Stream<SettingsCase> wrongSettings() {
    return Stream.of(
        wrong(Set.of(), null, null, "modes is empty"),
        wrong(Set.of(AuthMode.NONE, AuthMode.BEARER), null, null, "modes has none beside others"),
        wrong(Set.of(AuthMode.BEARER), null, null, "bearer.token-files = []"),
        wrong(
            Set.of(AuthMode.BEARER),
            new BearerSettings(List.of(Path.of("/nonexistent/token"))),
            null,
            "/nonexistent/token"),
        wrong(Set.of(AuthMode.HMAC), null, null, "hmac.key-files = []"),
        wrong(Set.of(AuthMode.MTLS), null, null, "mtls.subjects is empty"),
        wrong(
            Set.of(AuthMode.MTLS), null, new MtlsSettings(List.of("not a name")), "write CN=name"),
        wrong(Set.of(AuthMode.TOKEN_REVIEW), null, null, "token-review.users is empty"));
  }

  private static SettingsCase wrong(
      Set<AuthMode> modes,
      @Nullable BearerSettings bearer,
      @Nullable MtlsSettings mtls,
      String message) {
    return new SettingsCase(new WebhookAuthSettings(modes, bearer, null, mtls, null), message);
  }

  @ParameterizedTest
  @MethodSource("wrongSettings")
  void wrongSettingsStopTheStartAndAreNamed(SettingsCase c) {
    assertThatThrownBy(() -> WebhookAuthenticator.of(c.settings(), null, clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(c.message());
  }

  @Test
  void aTokenThatCouldBeGuessedIsNoToken() throws Exception {
    Files.writeString(tokens, "short");

    assertThatThrownBy(() -> bearer(tokens)).hasMessageContaining("16 or more characters");
  }

  @Test
  void noResultShowsACredential() throws Exception {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    for (Authentication result :
        List.of(
            bearer(tokens).authenticate(new FakeRequest().bearer(FIRST)),
            bearer(tokens).authenticate(new FakeRequest().bearer("wrong-" + FIRST)),
            hmac(HmacSettings.Style.GRAFANA)
                .authenticate(grafana(sign(KEY, timestamp + ":"), timestamp, "")))) {
      assertThat(result.toString()).doesNotContain(FIRST).doesNotContain(KEY);
    }
  }
}
