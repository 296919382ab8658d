// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.dev.github.Access;
import io.heal8s.dev.github.Edition;
import io.heal8s.dev.github.Exchanged;
import io.heal8s.dev.github.Fault;
import io.heal8s.dev.github.Faults;
import io.heal8s.dev.github.PullView;
import io.heal8s.pr.forge.ForgeContract;
import io.heal8s.pr.forge.ForgeWorld;
import io.heal8s.pr.forge.GitRepository;
import io.heal8s.pr.forge.Life;
import io.heal8s.pr.forge.Samples;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GithubForgeTest extends ForgeContract {

  @TempDir private Path directory;

  @Override
  protected ForgeWorld world() {
    return new GithubWorld(directory, Edition.COM);
  }

  private GithubWorld github() {
    return (GithubWorld) here();
  }

  private PullView pull() {
    return github().shop().pulls().getFirst();
  }

  private void opened() {
    life().run(here().forge());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    github().github().forget();
  }

  private void nextLook() {
    here().later();
    life().run(here().forge());
  }

  private String reason() {
    return Objects.requireNonNull(life().condition(ConditionType.PullRequestOpen)).reason();
  }

  @Test
  void bytesThatAreNoUtf8StayAsTheyAre() throws IOException {
    Path file = github().git().workTree().resolve(ForgeWorld.PATH);
    GitRepository.run(github().git().workTree(), "checkout", "--quiet", "main");
    byte[] latin = (Samples.MANIFEST + "# caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, latin);
    GitRepository.run(github().git().workTree(), "commit", "--quiet", "-am", "latin");
    GitRepository.run(github().git().workTree(), "push", "--quiet", "origin", "main");
    Outcome outcome = life().run(here().forge());

    // The editor takes no such file; should it do so one day, the bytes must survive.
    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(github().made()).isZero();
  }

  private Life planned(Repository repository) {
    return new Life(Samples.planned(repository), here().clock());
  }

  private String reason(Life life) {
    return Objects.requireNonNull(life.condition(ConditionType.PullRequestOpen)).reason();
  }

  @Test
  void aPullRequestHasWhatThePolicyWantsAndItsMarker() {
    opened();

    assertThat(pull().labels()).containsExactlyInAnyOrder("heal8s", "memory");
    assertThat(pull().reviewers()).containsExactly("ada");
    assertThat(pull().teams()).containsExactly("platform");
    assertThat(pull().autoMerge()).isNull();
    assertThat(pull().title()).contains("api").contains("shop");
    assertThat(pull().body())
        .contains("256Mi")
        .contains("320Mi")
        .contains("<!-- heal8s-remediation: change");
    assertThat(life().remediation().statusOrEmpty().prNumber()).isEqualTo(pull().number());
    assertThat(life().remediation().statusOrEmpty().prUrl()).endsWith("/acme/shop/pull/1");
  }

  @Test
  void opensWithFewRequests() {
    life().step(here().forge());
    github().github().forget();
    life().step(here().forge());

    assertThat(writes())
        .containsExactly(
            "POST /repos/acme/shop/git/trees",
            "POST /repos/acme/shop/git/commits",
            "POST /graphql",
            "POST /repos/acme/shop/pulls/1/requested_reviewers",
            "POST /repos/acme/shop/issues/1/labels");
  }

  private List<String> writes() {
    return github().github().exchanged().stream()
        .filter(e -> !e.method().equals("GET"))
        .map(e -> e.method() + " " + e.path())
        // One of the GraphQL documents only reads.
        .skip(1)
        .toList();
  }

  @Test
  void pollingAsksOnceAndPaysNothingWhileNothingHappens() {
    opened();
    nextLook();
    github().github().forget();
    double before = unchanged();
    for (int i = 0; i < 3; i++) {
      nextLook();
    }

    assertThat(github().github().exchanged())
        .containsExactlyElementsOf(
            Collections.nCopies(
                3, new Exchanged("GET", "/repos/acme/shop/pulls/1", 304, "heal8s-robot")));
    assertThat(unchanged() - before).isEqualTo(3);
  }

  private double unchanged() {
    return github()
        .meters()
        .get("heal8s_forge_requests")
        .tags("request", "read", "result", "unchanged")
        .counter()
        .count();
  }

  @Test
  void credentialsThatCountForNothingAreAWaitAndMayBeRotated() {
    github().github().accounts().revoke(GithubWorld.TOKEN);
    Outcome refused = life().run(here().forge());
    assertThat(refused).isInstanceOf(Outcome.Retry.class);
    assertThat(reason()).isEqualTo("Unauthorized");

    github().github().accounts().token("ghp_rotated", "heal8s-robot", Access.WRITE);
    github().mount("default", "token", "ghp_rotated");
    nextLook();
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void theSecondaryLimitIsWaitedForAsLongAsGithubSaid() {
    life().step(here().forge());
    github()
        .github()
        .faults()
        .next(Faults.Request::writes, Fault.secondaryLimit(Duration.ofSeconds(40)));
    Outcome limited = life().step(here().forge());
    github().github().forget();
    life().run(here().forge());

    // Samples are critical, the second in order of urgency.
    assertThat(limited)
        .isEqualTo(Outcome.waiting(Duration.ofSeconds(42), PullRequestReason.RateLimited));
    assertThat(reason()).isEqualTo("RateLimited");
    assertThat(github().github().exchanged()).as("asked while limited").isEmpty();
    assertThat(github().made()).isZero();

    here().clock().advance(Duration.ofSeconds(41));
    life().run(here().forge());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void thePrimaryLimitIsWaitedForUntilItsReset() {
    life().step(here().forge());
    github()
        .github()
        .faults()
        .next(r -> true, Fault.primaryLimit(here().clock().instant().plus(Duration.ofMinutes(7))));
    Outcome limited = life().step(here().forge());

    assertThat(limited)
        .isEqualTo(Outcome.waiting(Duration.ofMinutes(7), PullRequestReason.RateLimited));
  }

  @Test
  void theLastRequestOfAnHourCloses() {
    opened();
    github().github().remaining(1);
    nextLook();
    github().github().remaining(1);
    here().commit("README.md", "the base moves\n");
    here().push(branch(), "notes.txt", "so that the answer is no 304\n");
    nextLook();
    github().github().forget();
    nextLook();

    assertThat(github().github().exchanged()).as("asked with nothing left").isEmpty();
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void aLimitThatGraphqlTellsIsWaitedForToo() {
    life().step(here().forge());
    github()
        .github()
        .faults()
        .next(
            GithubWorld::opens, new Fault.GraphqlError("RATE_LIMITED", "API rate limit exceeded"));
    Outcome limited = life().step(here().forge());

    assertThat(limited).isInstanceOf(Outcome.Waiting.class);
    assertThat(reason()).isEqualTo("RateLimited");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void githubInTroubleIsAWait(int status) {
    life().step(here().forge());
    github().github().faults().next(r -> true, Fault.unavailable(status));
    Outcome outcome = life().step(here().forge());
    assertThat(outcome).isInstanceOf(Outcome.Retry.class);
    assertThat(reason()).isEqualTo("ForgeUnavailable");

    nextLook();
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void nothingIsTriedAgainAtOnce() {
    life().step(here().forge());
    github().github().forget();
    github().github().faults().always(r -> true, new Fault.LostRequest());
    life().step(here().forge());

    assertThat(github().github().exchanged()).hasSize(1);
  }

  @Test
  void aSlowAnswerIsGivenUp() {
    life().step(here().forge());
    CountDownLatch never = new CountDownLatch(1);
    github().github().faults().always(r -> true, new Fault.Held(never));
    GithubSettings usual = github().settings();
    GithubForge hasty =
        github()
            .newForge(
                new GithubSettings(
                    usual.api(), usual.allowedCidrs(), Duration.ofMillis(200), 1 << 20));
    Outcome outcome = life().step(hasty);
    never.countDown();

    assertThat(outcome).isInstanceOf(Outcome.Retry.class);
    assertThat(reason()).isEqualTo("ForgeUnavailable");
  }

  @Test
  void whatTheCredentialsMayNotIsSaid() {
    github().github().accounts().token("ghp_reader", "guest", Access.READ);
    github().mount("default", "token", "ghp_reader");
    Outcome outcome = life().run(here().forge());

    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(reason()).isEqualTo("NotPermitted");
    assertThat(github().made()).isZero();
  }

  @Test
  void aRepositoryThatMovedIsNotFollowed() {
    github()
        .github()
        .faults()
        .next(
            r -> true,
            new Fault.Answered(
                301, "Moved Permanently", Map.of("Location", github().github().apiUrl() + "/x")));
    Outcome outcome = life().run(here().forge());

    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(reason()).isEqualTo("RepositoryInvalid");
    assertThat(github().github().exchanged()).hasSize(1);
  }

  @Test
  void aBranchOfOursWithoutItsPullRequestIsFinished() {
    life().step(here().forge());
    // As after a kill of GitHub between branch and pull request.
    String branch = branch();
    github().github().faults().next(GithubWorld::opens, new Fault.LostReply());
    life().step(here().forge());
    int number = pull().number();
    github().shop().forgetPull(number);
    assertThat(github().shop().pulls()).isEmpty();

    nextLook();

    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(here().commits(branch)).isEqualTo(1);
    assertThat(github().made()).isEqualTo(1);
    assertThat(pull().labels()).contains("heal8s");
  }

  @Test
  void aPullRequestThatWasLeftWithoutItsLabelsGetsThem() {
    life().step(here().forge());
    github().github().faults().next(r -> r.path().endsWith("/labels"), Fault.unavailable(502));
    life().step(here().forge());
    assertThat(life().pullRequest().state()).isEqualTo(State.Pending);
    assertThat(pull().labels()).isEmpty();

    life().run(here().another());

    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(pull().labels()).containsExactlyInAnyOrder("heal8s", "memory");
    assertThat(github().made()).isEqualTo(1);
  }

  @Test
  void labelsThatGithubRefusesHinderNothing() {
    github().github().faults().next(r -> r.path().endsWith("/labels"), Fault.forbidden());
    life().run(here().forge());

    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(life().pullRequest().message()).contains("labels could not be set");
  }

  @Test
  void labelsThatAPersonTakesAwayStayAway() {
    opened();
    github().shop().unlabel(1, "memory");
    nextLook();
    nextLook();

    assertThat(pull().labels()).containsExactly("heal8s");
  }

  @Test
  void aDescriptionThatAPersonRewritesLosesNothing() {
    opened();
    github().shop().describe(1, "my own words");
    Life restored = planned(here().repository());
    restored.run(here().another());

    assertThat(restored.pullRequest().state()).isEqualTo(State.Open);
    assertThat(restored.pullRequest().headSHA()).isEqualTo(life().pullRequest().headSHA());
    assertThat(github().made()).isEqualTo(1);
  }

  private Repository mergingItself() {
    Repository r = here().repository();
    return new Repository(
        r.forge(), r.repository(), r.baseBranch(), r.path(), null, null, null, true, null, null);
  }

  @Test
  void mergesItselfWhereThePolicyAndTheRepositoryAllow() {
    github().shop().allowAutoMerge();
    planned(mergingItself()).run(here().forge());

    assertThat(pull().autoMerge()).isEqualTo("MERGE");
  }

  @Test
  void aRepositoryWithoutAutoMergeIsToldOf() {
    Life life = planned(mergingItself());
    life.run(here().forge());

    assertThat(life.pullRequest().state()).isEqualTo(State.Open);
    assertThat(life.pullRequest().message()).contains("auto-merge could not be switched on");
  }

  @Test
  void aStrangerWhoIsAMomentFasterKeepsTheBranch() throws Exception {
    life().step(here().forge());
    String branch = branch();
    CountDownLatch released = new CountDownLatch(1);
    github().github().faults().next(GithubWorld::opens, new Fault.Held(released));
    github().github().forget();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> opening = threads.submit(() -> life().step(here().forge()));
      Awaitility.await()
          .until(
              () ->
                  github().github().exchanged().stream()
                      .anyMatch(e -> e.path().endsWith("/git/commits")));
      here().strangersBranch(branch);
      released.countDown();
      opening.get();
    }

    assertThat(reason()).isEqualTo("BranchTaken");
    assertThat(here().branch(branch, ForgeWorld.PATH)).isEqualTo(Samples.MANIFEST);
    assertThat(github().shop().pulls()).noneMatch(pull -> pull.state().equals("open"));
  }

  @Test
  void aFileThatCanBeExecutedStaysSo() {
    GitRepository.run(github().git().workTree(), "checkout", "--quiet", "main");
    GitRepository.run(github().git().workTree(), "update-index", "--chmod=+x", ForgeWorld.PATH);
    GitRepository.run(github().git().workTree(), "commit", "--quiet", "-m", "executable");
    GitRepository.run(github().git().workTree(), "push", "--quiet", "origin", "main");
    opened();

    assertThat(GitRepository.run(github().git().bare(), "ls-tree", branch(), ForgeWorld.PATH))
        .startsWith("100755 blob");
  }

  @Test
  void aFileOfMoreThanAMegabyteIsReadAndWrittenWhole() {
    String large = Samples.MANIFEST + "# " + "x".repeat((1 << 20) + 7) + "\n";
    here().commit(ForgeWorld.PATH, large);
    opened();

    assertThat(here().branch(branch(), ForgeWorld.PATH))
        .isEqualTo(large.replace("256Mi  # measured", "320Mi  # measured"));
  }

  @Test
  void aDirectoryAtThePathIsSaid() {
    Life life = planned(Samples.at(here().repository(), "apps/shop"));
    Outcome outcome = life.run(here().forge());

    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(reason(life)).isEqualTo("ManifestNotFound");
  }

  @Test
  void aSymbolicLinkIsNotReplaced() {
    GitRepository.run(github().git().workTree(), "checkout", "--quiet", "main");
    String blob =
        GitRepository.run(github().git().workTree(), "rev-parse", "main:" + ForgeWorld.PATH)
            .strip();
    GitRepository.run(
        github().git().workTree(),
        "update-index",
        "--add",
        "--cacheinfo",
        "120000," + blob + ",link.yaml");
    GitRepository.run(github().git().workTree(), "commit", "--quiet", "-m", "a link");
    GitRepository.run(github().git().workTree(), "push", "--quiet", "origin", "main");
    Life life = planned(Samples.at(here().repository(), "link.yaml"));
    life.run(here().forge());

    assertThat(reason(life)).isEqualTo("ManifestNotFound");
    assertThat(github().made()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shop", "https://github.com/acme/shop", "acme/../shop", "acme/..", "a b/c"})
  void whatIsNoRepositoryIsSaid(String repository) {
    Life life = planned(Samples.addressed(here().repository(), repository));
    Outcome outcome = life.run(here().forge());

    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(reason(life)).isEqualTo("RepositoryInvalid");
    assertThat(github().github().exchanged()).isEmpty();
  }

  @Test
  void credentialsThatAreNotThereAreSaid() {
    Life life = planned(Samples.withCredentials(here().repository(), "other"));
    life.run(here().forge());
    assertThat(reason(life)).isEqualTo("CredentialsUnknown");

    github().mount("other", "unrelated", "x");
    Life mounted = planned(Samples.withCredentials(here().repository(), "other"));
    mounted.run(here().forge());
    assertThat(reason(mounted)).isEqualTo("CredentialsInvalid");
  }

  @Test
  void anAddressThatIsNotPublicIsNotCalledUnlessItIsListed() {
    GithubSettings usual = github().settings();
    GithubForge guarded =
        github()
            .newForge(
                new GithubSettings(
                    URI.create("https://127.0.0.1:1/api/v3"), List.of(), usual.timeout(), 1 << 20));
    Outcome outcome = life().run(guarded);

    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(reason()).isEqualTo("RepositoryInvalid");
    assertThat(Objects.requireNonNull(life().condition(ConditionType.PullRequestOpen)).message())
        .contains("heal8s.pr.github.allowed-cidrs");
  }

  @Test
  void aTokenIsNotSentInClearTextUnlessTheNetworkIsListed() {
    GithubSettings usual = github().settings();
    GithubForge guarded =
        github().newForge(new GithubSettings(usual.api(), List.of(), usual.timeout(), 1 << 20));
    life().run(guarded);

    assertThat(reason()).isEqualTo("RepositoryInvalid");
    assertThat(github().github().exchanged()).isEmpty();
  }
}
