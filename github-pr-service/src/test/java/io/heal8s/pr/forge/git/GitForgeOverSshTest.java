// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.pr.forge.Life;
import io.heal8s.pr.forge.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Objects;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain git over ssh, with keys and host keys as people mount them. */
class GitForgeOverSshTest {

  @TempDir private @Nullable Path directory;
  private @Nullable GitWorld world;

  @BeforeEach
  void begin() {
    world = new GitWorld(Objects.requireNonNull(directory));
  }

  @AfterEach
  void end() {
    here().close();
  }

  private GitWorld here() {
    return Objects.requireNonNull(world);
  }

  private static KeyPair keys(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = SecurityUtils.getKeyPairGenerator(algorithm);
    if (algorithm.equals("EC")) {
      generator.initialize(256);
    }
    return generator.generateKeyPair();
  }

  private void mount(KeyPair keys, String knownHosts) throws IOException, GeneralSecurityException {
    Path mounted = Files.createDirectories(here().directory().resolve("credentials/default"));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(keys, "deploy key", null, text);
    Files.write(mounted.resolve("ssh-privatekey"), text.toByteArray());
    Files.writeString(mounted.resolve("known_hosts"), knownHosts);
  }

  private Life life(GitSshServer server) {
    String address = server.address(here().git().bare());
    return new Life(
        Samples.planned(Samples.addressed(here().repository(), address)), here().clock());
  }

  private static String reason(Life life) {
    Condition condition = life.condition(ConditionType.PullRequestOpen);
    return Objects.requireNonNull(condition).reason();
  }

  @ParameterizedTest
  @CsvSource({"EC", "Ed25519"})
  void opensAndSeesTheMerge(String algorithm) throws Exception {
    KeyPair keys = keys(algorithm);
    try (GitSshServer server = new GitSshServer(keys("EC"), keys.getPublic())) {
      mount(keys, server.knownHost());
      Life life = life(server);
      life.run(here().first());
      assertThat(life.pullRequest().state()).isEqualTo(State.Open);

      here().merge(Objects.requireNonNull(life.pullRequest().branch()));
      here().later();
      life.run(here().first());
      assertThat(life.pullRequest().state()).isEqualTo(State.Merged);
    }
  }

  @Test
  void anUnknownHostIsNotTalkedTo() throws Exception {
    KeyPair keys = keys("EC");
    try (GitSshServer server = new GitSshServer(keys("EC"), keys.getPublic());
        GitSshServer other = new GitSshServer(keys("EC"), keys.getPublic())) {
      mount(keys, other.knownHost());
      Life life = life(server);
      life.run(here().first());
      assertThat(reason(life)).isEqualTo("CredentialsInvalid");
      assertThat(here().made()).isZero();
    }
  }

  @Test
  void aKeyThatIsNotAcceptedIsWaitedForAsItMayBeAddedAnyMoment() throws Exception {
    KeyPair keys = keys("EC");
    try (GitSshServer server = new GitSshServer(keys("EC"), keys("EC").getPublic())) {
      mount(keys, server.knownHost());
      Life life = life(server);
      life.run(here().first());
      assertThat(reason(life)).isEqualTo("Unauthorized");
    }
  }
}
