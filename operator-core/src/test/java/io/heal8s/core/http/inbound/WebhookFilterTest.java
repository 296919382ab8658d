// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.webhook.AuthMode;
import io.heal8s.core.http.webhook.BearerSettings;
import io.heal8s.core.http.webhook.Caller;
import io.heal8s.core.http.webhook.HmacSettings;
import io.heal8s.core.http.webhook.WebhookAuthSettings;
import io.heal8s.core.http.webhook.WebhookAuthenticator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookFilterTest {
  private static final String TOKEN = "0123456789abcdef-token";
  private static final String KEY = "0123456789abcdef-key";

  @TempDir Path directory;
  private final TestServer.Refusals refusals = new TestServer.Refusals();
  private TestServer server;
  private Path tokens;

  @BeforeEach
  void start() throws Exception {
    tokens = Files.writeString(directory.resolve("token"), TOKEN + "\n");
    Path keys = Files.writeString(directory.resolve("key"), KEY + "\n");
    WebhookAuthSettings settings =
        new WebhookAuthSettings(
            Set.of(AuthMode.BEARER, AuthMode.HMAC),
            new BearerSettings(List.of(tokens)),
            HmacSettings.of(HmacSettings.Style.GITHUB, List.of(keys)),
            null,
            null);
    server =
        new TestServer(
            directory,
            new WebhookFilter(
                WebhookAuthenticator.of(settings, null, Clock.systemUTC()),
                BodyLimit.ofBytes(1000),
                Clock.systemUTC(),
                refusals));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aKnownCallerComesThroughWithItsBodyAndItsName() throws Exception {
    String answer =
        server.send(
            "POST / HTTP/1.1\nHost: x\nAuthorization: Bearer " + TOKEN + "\nContent-Length: 4\n\n",
            utf8("body"));

    assertThat(answer).startsWith("HTTP/1.1 202");
    assertThat(server.seen().getFirst().first()).isEqualTo("body");
    assertThat(server.seen().getFirst().caller()).isEqualTo(new Caller(AuthMode.BEARER, "token"));
  }

  @Test
  void anUnknownCallerIsRefusedBeforeItsBodyIsRead() throws Exception {
    // Announces a body and sends none: the answer does not wait for it.
    String answer =
        server.send(
            """
            POST / HTTP/1.1
            Host: x
            Authorization: Bearer wrong-0123456789abcdef
            Content-Length: 900

            """,
            new byte[0]);

    assertThat(answer)
        .startsWith("HTTP/1.1 401")
        .contains("WWW-Authenticate: Bearer")
        .contains("\"detail\":\"The token is not accepted here; it may have been rotated.\"")
        .doesNotContain("wrong-0123456789abcdef");
    assertThat(server.seen()).isEmpty();
    assertThat(refusals.all()).containsExactly("401 UnknownToken");
  }

  @Test
  void aSignedBodyComesThroughUnchanged() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(utf8(KEY), "HmacSHA256"));
    String signature = HexFormat.of().formatHex(mac.doFinal(utf8("signed body")));

    String answer =
        server.send(
            "POST / HTTP/1.1\nHost: x\nX-Hub-Signature-256: sha256="
                + signature
                + "\nContent-Length: 11\n\n",
            utf8("signed body"));

    assertThat(answer).startsWith("HTTP/1.1 202");
    assertThat(server.seen().getFirst().first()).isEqualTo("signed body");
  }

  @Test
  void aSignedBodyOverTheLimitIsTooLargeAndNotUnauthorized() throws Exception {
    String answer =
        server.send(
            "POST / HTTP/1.1\nHost: x\nX-Hub-Signature-256: sha256="
                + "0".repeat(64)
                + "\nContent-Length: 1001\n\n",
            new byte[0]);

    assertThat(answer).startsWith("HTTP/1.1 413");
    assertThat(refusals.all()).containsExactly("413 Body");
  }

  @Test
  void withoutAnyReadableSecretTheSenderIsToldToTryAgain() throws Exception {
    // A file that cannot be read at this moment must not cost an alert: 503 is repeated, 401 is
    // not.
    Files.delete(tokens);
    org.awaitility.Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        server.send(
                            "POST / HTTP/1.1\nHost: x\nAuthorization: Bearer "
                                + TOKEN
                                + "\nContent-Length: 0\n\n",
                            new byte[0]))
                    .startsWith("HTTP/1.1 503"));
    assertThat(refusals.all()).contains("503 CredentialsUnreadable");
  }
}
