// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.decide.Outcome;
import io.heal8s.pr.forge.ForgeWorld;
import io.heal8s.pr.forge.GitRepository;
import io.heal8s.pr.forge.Life;
import io.heal8s.pr.forge.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only plain git has: mirrors, commits, trees, history. */
class GitForgeTest {

  @TempDir private @Nullable Path directory;
  private @Nullable GitWorld world;
  private @Nullable Life life;

  @BeforeEach
  void begin() {
    GitWorld made = new GitWorld(Objects.requireNonNull(directory));
    world = made;
    life = new Life(Samples.planned(made.repository()), made.clock());
  }

  @AfterEach
  void end() {
    here().close();
  }

  private GitWorld here() {
    return Objects.requireNonNull(world);
  }

  private Life life() {
    return Objects.requireNonNull(life);
  }

  private String branch() {
    return Objects.requireNonNull(life().pullRequest().branch());
  }

  private static Condition open(Life life) {
    return Objects.requireNonNull(life.condition(ConditionType.PullRequestOpen));
  }

  /** Ways in which a cache directory goes bad. */
  enum Damage {
    OBJECTS_GONE,
    PACKS_CUT,
    REFS_SCRAMBLED,
    CONFIG_SCRAMBLED,
    ALL_GONE
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedMirrorIsThrownAwayAndFetchedAgain(Damage damage) throws IOException {
    life().run(here().first());
    Path mirror = mirror();
    here().merge(branch());
    here().later();
    // The process is gone and comes back on the damaged directory.
    here().first().close();
    damage(mirror, damage);
    life().run(here().reopened());

    assertThat(life().pullRequest().state()).isEqualTo(State.Merged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"refs/heads/main", "refs/heads/%s", "packed-refs", "config", "HEAD"})
  void aLockThatAKilledProcessLeftKeepsNobodyOut(String locked) throws IOException {
    life().run(here().first());
    Path mirror = mirror();
    here().merge(branch());
    here().later();
    here().first().close();
    Path lock = mirror.resolve(locked.formatted(branch()) + ".lock");
    Files.createDirectories(lock.getParent());
    Files.createFile(lock);
    life().run(here().reopened());

    assertThat(life().pullRequest().state()).isEqualTo(State.Merged);
    assertThat(lock).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void aMirrorThatIsDamagedUnderARunningProcessIsFetchedAgain(Damage damage) throws IOException {
    life().run(here().first());
    here().merge(branch());
    here().later();
    damage(mirror(), damage);
    life().run(here().first());

    assertThat(life().pullRequest().state()).isEqualTo(State.Merged);
  }

  private Path mirror() throws IOException {
    try (Stream<Path> entries = Files.list(here().cache())) {
      return entries.filter(p -> p.toString().endsWith(".git")).findFirst().orElseThrow();
    }
  }

  private static void damage(Path mirror, Damage damage) throws IOException {
    switch (damage) {
      case OBJECTS_GONE -> delete(mirror.resolve("objects"), true);
      case PACKS_CUT -> {
        for (Path file : files(mirror.resolve("objects"))) {
          Files.write(file, List.of("cut"));
        }
      }
      case REFS_SCRAMBLED -> {
        Files.writeString(mirror.resolve("packed-refs"), "^^^ not a ref\n");
        for (Path file : files(mirror.resolve("refs"))) {
          Files.writeString(file, "not an id\n");
        }
      }
      case CONFIG_SCRAMBLED -> Files.writeString(mirror.resolve("config"), "[[[\n");
      case ALL_GONE -> delete(mirror, false);
    }
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      List<Path> files = walk.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        file.toFile().setWritable(true);
      }
      return files;
    }
  }

  private static void delete(Path path, boolean keepTop) throws IOException {
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
        if (!keepTop || !each.equals(path)) {
          Files.delete(each);
        }
      }
    }
  }

  @Test
  void theCommitSaysEverything() {
    life().run(here().first());
    String commit = Objects.requireNonNull(life().pullRequest().headSHA());
    String message = here().git().message(commit);

    assertThat(message.lines().findFirst()).hasValue("heal8s: IncreaseMemory for shop/api");
    assertThat(message)
        .contains(Samples.LIMIT + ": 256Mi -> 320Mi")
        .contains("Why: alert KubePodOOMKilled (critical), firing since 2026-03-01T09:58:30Z")
        .contains("Undo: set the limit back to 256Mi")
        .contains("To refuse: delete this branch");
    assertThat(message.strip())
        .endsWith("Heal8s-Remediation: change test/shop/rem-oom-0123456789abcdef");
    String trailers =
        GitRepository.run(
            here().git().bare(), "log", "-1", "--format=%(trailers:only,unfold)", commit);
    assertThat(trailers).contains("Heal8s-Plan: plan-1");
    assertThat(GitRepository.run(here().git().bare(), "log", "-1", "--format=%an <%ae>", commit))
        .isEqualTo("heal8s <heal8s@example.org>\n");
  }

  @Test
  void onlyTheOneFileChangesAndItsModeStays() throws IOException {
    Path clone = Objects.requireNonNull(directory).resolve("clone");
    Files.createDirectories(clone.resolve("apps/other"));
    Files.writeString(clone.resolve("apps/other/x.yaml"), "a: 1\n");
    clone.resolve(ForgeWorld.PATH).toFile().setExecutable(true);
    GitRepository.run(clone, "add", "-A");
    GitRepository.run(clone, "commit", "--quiet", "-m", "modes");
    GitRepository.run(clone, "push", "--quiet", "origin", "main");
    life().run(here().first());

    String raw =
        GitRepository.run(here().git().bare(), "diff-tree", "-r", "main", branch()).strip();
    assertThat(raw.lines()).hasSize(1);
    assertThat(raw).startsWith(":100755 100755").endsWith("\t" + ForgeWorld.PATH);
    assertThat(GitRepository.run(here().git().bare(), "fsck", "--strict")).doesNotContain("error");
  }

  @ParameterizedTest
  @CsvSource({
    "apps/shop, a directory",
    "apps/link.yaml, a symbolic link",
    "apps/huge.yaml, more than 1048576",
    "apps/none.yaml, has no file apps/none.yaml"
  })
  void whatIsNoReadableFileIsSaid(String path, String says) throws IOException {
    Path clone = Objects.requireNonNull(directory).resolve("clone");
    Files.createSymbolicLink(clone.resolve("apps/link.yaml"), Path.of("shop/api.yaml"));
    Files.writeString(clone.resolve("apps/huge.yaml"), "#".repeat((1 << 20) + 1));
    GitRepository.run(clone, "add", "-A");
    GitRepository.run(clone, "commit", "--quiet", "-m", "odd files");
    GitRepository.run(clone, "push", "--quiet", "origin", "main");
    Life one = new Life(Samples.planned(Samples.at(here().repository(), path)), here().clock());

    assertThat(one.run(here().first())).isInstanceOf(Outcome.Stalled.class);
    assertThat(open(one).reason()).isEqualTo("ManifestNotFound");
    assertThat(open(one).message()).contains(says);
  }

  @ParameterizedTest
  @CsvSource({
    "https://user:secret@git.example.org/shop.git, carries a password",
    "ftp://git.example.org/shop.git, scheme 'ftp'",
    "ext::sh -c whoami, ",
    "ssh://git@git.example.org/shop.git, have no file ssh-privatekey"
  })
  void anAddressThatCannotBeUsedIsSaidWithoutItsSecret(String address, @Nullable String says) {
    Repository repository = Samples.addressed(here().repository(), address);
    Life one = new Life(Samples.planned(repository), here().clock());

    assertThat(one.run(here().first())).isInstanceOf(Outcome.Stalled.class);
    assertThat(open(one).message()).contains(says == null ? "" : says).doesNotContain("secret@");
  }

  @Test
  void aBranchThatIsGoneCountsAsRefusedOnlyAtTheSecondFetch() {
    life().run(here().first());
    here().close(branch());
    here().later();
    life().run(here().first());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(life().pullRequest().message()).contains("branch is gone");

    life().run(here().first());
    assertThat(life().pullRequest().state())
        .as("because no fetch came between the two looks")
        .isEqualTo(State.Open);

    here().later();
    life().run(here().first());
    assertThat(life().pullRequest().state()).isEqualTo(State.Closed);
  }

  @Test
  void aMergeThatArrivesAfterItsBranchWasDeletedIsNoRefusal() {
    life().run(here().first());
    here().close(branch());
    here().later();
    life().run(here().first());
    here().commit(ForgeWorld.PATH, Samples.manifest("384Mi"));
    here().later();
    life().run(here().first());

    assertThat(life().pullRequest().state()).isEqualTo(State.Merged);
    assertThat(life().pullRequest().mergedValues().getFirst().value()).isEqualTo("384Mi");
  }

  @Test
  void changesElsewhereInTheFileAreNoMerge() {
    life().run(here().first());
    here().commit(ForgeWorld.PATH, "# heading\n" + Samples.manifest("\"256Mi\""));
    here().later();
    life().run(here().first());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void aManifestThatVanishedFromTheBaseIsNoMerge() {
    life().run(here().first());
    here().commit(ForgeWorld.PATH, "# moved to apps/api\n");
    here().later();
    life().run(here().first());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void theMergeCommitIsTheOneByWhichTheBaseGotTheValue() {
    life().run(here().first());
    here().squash(branch());
    String squashed = here().git().head("main");
    here().commit("README.md", "later\n");
    here().later();
    life().run(here().first());
    assertThat(life().pullRequest().mergeCommit()).isEqualTo(squashed);
  }

  @Test
  void anAmendedCommitOfOursIsAMovedHead() {
    life().run(here().first());
    Path clone = Objects.requireNonNull(directory).resolve("clone");
    GitRepository.run(clone, "fetch", "--quiet", "origin");
    GitRepository.run(clone, "checkout", "--quiet", "--detach", "origin/" + branch());
    GitRepository.run(clone, "commit", "--quiet", "--amend", "--reset-author", "--no-edit");
    GitRepository.run(clone, "push", "--quiet", "--force", "origin", "HEAD:" + branch());
    String own = life().pullRequest().headSHA();
    here().later();
    life().run(here().first());

    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(life().pullRequest().headSHA()).isEqualTo(own);
    assertThat(life().pullRequest().message()).contains("somebody pushed");
  }

  @Test
  void aBaseWhoseHistoryWasRewrittenIsFollowed() {
    life().run(here().first());
    Path clone = Objects.requireNonNull(directory).resolve("clone");
    GitRepository.run(clone, "checkout", "--quiet", "--orphan", "fresh");
    GitRepository.run(clone, "commit", "--quiet", "-m", "history starts anew");
    GitRepository.run(clone, "push", "--quiet", "--force", "origin", "HEAD:main");
    here().later();
    life().run(here().first());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);

    GitRepository.run(here().git().bare(), "reflog", "expire", "--expire=now", "--all");
    life().run(here().another());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void anEmptyRepositoryHasNoBaseBranch() {
    Path empty = Objects.requireNonNull(directory).resolve("empty.git");
    GitRepository.run(directory, "init", "--quiet", "--bare", empty.toString());
    Life one =
        new Life(
            Samples.planned(Samples.addressed(here().repository(), empty.toUri().toString())),
            here().clock());
    assertThat(one.run(here().first())).isInstanceOf(Outcome.Stalled.class);
    assertThat(open(one).reason()).isEqualTo("BaseBranchNotFound");
  }
}
