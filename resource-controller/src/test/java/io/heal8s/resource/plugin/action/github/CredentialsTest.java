// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static io.heal8s.resource.plugin.action.github.GithubWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.MoodyServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no token now, nothing is asked without one: the answer would be "not there". */
@Timeout(60)
class CredentialsTest {

  private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);

  private static MoodyServer.Reply answer(MoodyServer.Received request, boolean givesTokens) {
    if (request.target().endsWith("/access_tokens")) {
      return givesTokens
          ? MoodyServer.Reply.json(
              201, "{\"token\":\"t\",\"expires_at\":\"" + BEGIN.plusSeconds(3_600) + "\"}")
          : MoodyServer.Reply.json(502, "{}");
    }
    return request.header("authorization").filter("Bearer t"::equals).isPresent()
        ? MoodyServer.Reply.json(200, "{\"status\":\"in_progress\"}")
        : MoodyServer.Reply.json(404, "{\"message\":\"Not Found\"}");
  }

  private static Step poll(GithubActionsPlugin plugin, Handle handle) {
    return plugin.poll(request(), handle.json());
  }

  private GithubActionsPlugin opened(Map<String, String> settings) {
    GithubActionsPlugin plugin = new GithubActionsPlugin();
    plugin.open(new GivenEnvironment(settings, Map.of(), now::get));
    return plugin;
  }

  private Path key() throws Exception {
    StringBuilder pem = new StringBuilder("-----BEGIN PRIVATE KEY-----\n");
    pem.append(Base64.getMimeEncoder().encodeToString(encodedKey()));
    return Files.writeString(
        directory.resolve("key.pem"), pem.append("\n-----END PRIVATE KEY-----\n"));
  }

  private static byte[] encodedKey() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair().getPrivate().getEncoded();
  }

  @Test
  void aRunIsNotTakenForGoneWhileTheAppGetsNoToken() throws Exception {
    try (MoodyServer server = new MoodyServer()) {
      server.answers(request -> answer(request, true));
      GithubActionsPlugin plugin =
          opened(
              Map.of(
                  "GITHUB_API_URL",
                  server.url(""),
                  "GITHUB_APP_ID",
                  "1",
                  "GITHUB_APP_INSTALLATION_ID",
                  "2",
                  "GITHUB_APP_PRIVATE_KEY_FILE",
                  key().toString()));
      Handle handle = Handle.numbered("/repos/acme/infra", "a.yml", 7, BEGIN);
      assertThat(poll(plugin, handle)).isInstanceOf(Step.Running.class);
      server.answers(request -> answer(request, false));
      now.set(BEGIN.plus(Duration.ofMinutes(57)));
      assertThat(poll(plugin, handle))
          .as("the old token still counts")
          .isInstanceOfSatisfying(
              Step.Running.class, running -> assertThat(running.message()).isNull());
      now.set(BEGIN.plus(Duration.ofMinutes(60)));
      assertThat(poll(plugin, handle))
          .isInstanceOfSatisfying(
              Step.Running.class,
              running -> assertThat(running.message()).contains("no token of the App: 502"));
      plugin.close();
    }
  }

  @Test
  void norWhileTheFileOfTheTokenIsAway() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "t\n");
    try (MoodyServer server = new MoodyServer()) {
      server.answers(request -> answer(request, true));
      GithubActionsPlugin plugin =
          opened(Map.of("GITHUB_API_URL", server.url(""), "GITHUB_TOKEN_FILE", file.toString()));
      Handle handle = Handle.numbered("/repos/acme/infra", "a.yml", 7, BEGIN);
      assertThat(poll(plugin, handle)).isInstanceOf(Step.Running.class);
      Files.delete(file);
      assertThat(poll(plugin, handle)).isInstanceOf(Step.Running.class);
      plugin.close();
    }
  }
}
