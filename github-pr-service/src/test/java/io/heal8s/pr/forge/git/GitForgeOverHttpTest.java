// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.decide.Outcome;
import io.heal8s.pr.forge.Forge;
import io.heal8s.pr.forge.ForgeContract;
import io.heal8s.pr.forge.ForgeWorld;
import io.heal8s.pr.forge.Life;
import io.heal8s.pr.forge.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over git's smart HTTP, and what only a server can do wrong. */
class GitForgeOverHttpTest extends ForgeContract {

  @TempDir private @Nullable Path directory;
  private @Nullable HttpWorld world;

  @Override
  protected ForgeWorld world() throws Exception {
    HttpWorld made = new HttpWorld(Objects.requireNonNull(directory));
    world = made;
    return made;
  }

  private HttpWorld http() {
    return Objects.requireNonNull(world);
  }

  private String reason() {
    Condition condition = life().condition(ConditionType.PullRequestOpen);
    return condition == null ? "" : condition.reason();
  }

  @Test
  void oneFetchPerPollServesAllRemediations() {
    List<Life> lives = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Life one = new Life(Samples.planned(http().repository(), "rem-" + i), http().clock());
      one.run(http().forge());
      lives.add(one);
    }
    int before = http().server().fetches();
    http().later();
    lives.forEach(one -> one.run(http().forge()));

    assertThat(http().server().fetches()).isEqualTo(before + 1);
    assertThat(lives).allMatch(one -> one.pullRequest().state() == State.Open);
  }

  @Test
  void aServerThatIsAwayIsWaitedForAndSaysNothingAboutAnOpenPullRequest() {
    life().run(http().forge());
    int writes = life().writes();
    http().server().answer(503);
    http().later();
    Outcome outcome = life().run(http().forge());

    assertThat(outcome).isInstanceOf(Outcome.Retry.class);
    assertThat(life().writes()).isEqualTo(writes);
    http().server().answer(0);
    assertThat(life().run(http().forge())).isInstanceOf(Outcome.Waiting.class);
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void aServerThatIsAwayFromTheBeginningIsSaidOnce() {
    http().server().answer(500);
    life().run(http().forge());
    assertThat(reason()).isEqualTo("ForgeUnavailable");
    int writes = life().writes();
    life().run(http().forge());
    assertThat(life().writes()).isEqualTo(writes);

    http().server().answer(0);
    life().run(http().forge());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void credentialsAreReadAnewWhenTheyWereRefused() throws IOException {
    http().server().demand("geheim");
    Outcome outcome = life().run(http().forge());
    assertThat(outcome).isInstanceOf(Outcome.Retry.class);
    assertThat(reason()).isEqualTo("Unauthorized");

    mount("token", "geheim\n");
    mount("repositories", http().repository().repository());
    life().run(http().forge());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void aPasswordThatIsNotSaidToBeForThisServerIsNotSentToIt() throws IOException {
    http().server().demand("geheim");
    mount("password", "geheim");
    Outcome outcome = life().run(http().forge());
    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(reason()).isEqualTo("CredentialsInvalid");
    assertThat(message()).contains("add a value repositories");

    mount("repositories", "https://git.example.org/team/*");
    life().run(http().forge());
    assertThat(reason()).isEqualTo("CredentialsNotForRepository");

    mount("repositories", http().repository().repository());
    life().run(http().forge());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  private void mount(String value, String text) throws IOException {
    Path mounted = Files.createDirectories(http().directory().resolve("credentials/default"));
    Files.writeString(mounted.resolve(value), text);
  }

  private String message() {
    return String.valueOf(
        Objects.requireNonNull(life().condition(ConditionType.PullRequestOpen)).message());
  }

  @Test
  void aPolicyThatNamesCredentialsThatAreNotMountedIsSaid() {
    Life other =
        new Life(
            Samples.planned(Samples.withCredentials(http().repository(), "team-shop")),
            http().clock());
    Outcome outcome = other.run(http().forge());
    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(Objects.requireNonNull(other.condition(ConditionType.PullRequestOpen)).message())
        .contains("team-shop", "mount a Secret");
  }

  @Test
  void aServerThatForbidsIsSaid() {
    http().server().answer(403);
    Outcome outcome = life().run(http().forge());
    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(reason()).isEqualTo("NotPermitted");
  }

  @Test
  void aRuleOfTheServerThatRefusesTheBranchIsSaidInItsWords() {
    http().server().refusePushes("branches must begin with team/");
    Outcome outcome = life().run(http().forge());
    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(Objects.requireNonNull(life().condition(ConditionType.PullRequestOpen)).message())
        .contains("branches must begin with team/");
    assertThat(http().made()).isZero();
  }

  @Test
  void aRedirectIsNotFollowedBecauseItWouldTakeTheCredentialsAlong() throws Exception {
    try (HttpWorld elsewhere =
        new HttpWorld(Files.createDirectories(http().directory().resolve("elsewhere")))) {
      String address = elsewhere.server().address();
      http().server().redirect(address.substring(0, address.lastIndexOf('/')));
      life().run(http().forge());
      assertThat(reason()).isEqualTo("ForgeUnavailable");
      assertThat(elsewhere.server().fetches()).isZero();
    }
  }

  /** A world in which the service reaches the repository over HTTP. */
  private static final class HttpWorld extends GitWorld {

    private final GitHttpServer server;

    HttpWorld(Path directory) throws Exception {
      super(directory);
      server = new GitHttpServer(directory);
    }

    GitHttpServer server() {
      return server;
    }

    @Override
    String address() {
      return server.address();
    }

    @Override
    public Forge forge() {
      return first();
    }

    @Override
    public void loseNextReply() {
      server.loseNextPush();
    }

    @Override
    public void close() {
      super.close();
      server.close();
    }
  }
}
