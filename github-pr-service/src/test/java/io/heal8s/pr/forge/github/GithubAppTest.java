// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.decide.Outcome;
import io.heal8s.dev.github.Access;
import io.heal8s.dev.github.Edition;
import io.heal8s.dev.github.Exchanged;
import io.heal8s.pr.forge.Life;
import io.heal8s.pr.forge.Samples;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forge as a GitHub App, in real time: its assertions are of this minute. */
class GithubAppTest {

  private static final int PKCS8_HEADER_OF_2048_BITS = 26;

  private final KeyPair keys = keys();
  @TempDir private Path directory;
  private @Nullable GithubWorld opened;

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void begin() {
    GithubWorld world = new GithubWorld(directory, Edition.COM, Clock.systemUTC());
    world.unmount("default", "token");
    world.github().accounts().app(7, keys.getPublic(), 70, "heal8s", Access.WRITE);
    world.mount("default", "appId", "7\n");
    opened = world;
  }

  @AfterEach
  void end() {
    world().close();
  }

  private GithubWorld world() {
    return Objects.requireNonNull(opened);
  }

  private String pem(boolean pkcs1) {
    byte[] pkcs8 = keys.getPrivate().getEncoded();
    String name = pkcs1 ? "RSA PRIVATE KEY" : "PRIVATE KEY";
    byte[] der = pkcs1 ? Arrays.copyOfRange(pkcs8, PKCS8_HEADER_OF_2048_BITS, pkcs8.length) : pkcs8;
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(name, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), name);
  }

  private Life life() {
    return new Life(Samples.planned(world().repository()), world().clock());
  }

  @ParameterizedTest
  @CsvSource({"true,true", "true,false", "false,true", "false,false"})
  void opensAsTheApp(boolean pkcs1, boolean installationGiven) {
    world().mount("default", "privateKey", pem(pkcs1));
    if (installationGiven) {
      world().mount("default", "installationId", "70");
    }
    Life life = life();
    life.run(world().forge());

    assertThat(life.pullRequest().state()).isEqualTo(State.Open);
    assertThat(world().github().exchanged())
        .filteredOn(e -> !e.path().startsWith("/app") && !e.path().endsWith("/installation"))
        .extracting(Exchanged::login)
        .containsOnly("heal8s[bot]");
    assertThat(world().github().accounts().issued()).isEqualTo(1);
  }

  @Test
  void aRevokedTokenIsReplacedByANewOne() {
    world().mount("default", "privateKey", pem(true));
    Life life = life();
    life.run(world().forge());
    world().github().accounts().revokeInstallations();

    world().later();
    Outcome refused = life.run(world().forge());
    world().later();
    life.run(world().forge());

    assertThat(refused).isInstanceOf(Outcome.Retry.class);
    assertThat(world().github().accounts().issued()).isEqualTo(2);
    assertThat(world().github().exchanged().getLast().status()).isEqualTo(200);
  }

  @Test
  void aKeyOfAnotherAppIsUnauthorized() {
    world().mount("default", "privateKey", pem(true));
    world().mount("default", "appId", "8");
    Life life = life();
    Outcome outcome = life.run(world().forge());

    assertThat(outcome).isInstanceOf(Outcome.Retry.class);
    assertThat(reason(life)).isEqualTo("Unauthorized");
  }

  @ParameterizedTest
  @CsvSource({"7,no key", "seven,", "0,"})
  void whatIsNoAppIsSaid(String appId, @Nullable String key) {
    world().mount("default", "appId", appId);
    world().mount("default", "privateKey", key == null ? pem(true) : key);
    Life life = life();
    Outcome outcome = life.run(world().forge());

    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(reason(life)).isEqualTo("CredentialsInvalid");
    assertThat(world().github().exchanged()).isEmpty();
  }

  private static String reason(Life life) {
    return Objects.requireNonNull(life.condition(ConditionType.PullRequestOpen)).reason();
  }
}
