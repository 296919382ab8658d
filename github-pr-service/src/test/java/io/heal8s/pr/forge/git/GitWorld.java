// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.forge.CredentialsDirectory;
import io.heal8s.pr.forge.Forge;
import io.heal8s.pr.forge.ForgeWorld;
import io.heal8s.pr.forge.GitRepository;
import io.heal8s.pr.forge.Life;
import io.heal8s.pr.forge.ManualClock;
import io.heal8s.pr.forge.Samples;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Proposal;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import io.heal8s.pr.intent.View;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A bare repository that people and the plain-git forge share. */
class GitWorld implements ForgeWorld {

  private final Path directory;
  private final GitRepository repository;
  private final ManualClock clock = new ManualClock();
  private final List<GitForge> forges = new ArrayList<>();
  private final Forge forge;
  private boolean loseNext;

  GitWorld(Path directory) {
    this.directory = directory;
    this.repository = new GitRepository(directory, PATH, Samples.MANIFEST);
    this.forge = losing(newForge());
  }

  GitForge newForge() {
    return newForge(directory.resolve("cache-" + forges.size()));
  }

  /** A new process on the cache directory of the first one. */
  GitForge reopened() {
    return newForge(cache());
  }

  private GitForge newForge(Path cache) {
    GitSettings settings =
        new GitSettings(
            cache,
            Life.POLL,
            Duration.ofSeconds(20),
            "heal8s",
            "heal8s@example.org",
            Set.of("file", "ssh", "http", "https"),
            1 << 20);
    GitForge made =
        new GitForge(
            settings,
            new CredentialsDirectory(directory.resolve("credentials")),
            clock,
            clock::nanos);
    forges.add(made);
    return made;
  }

  /** The first forge as it is. */
  GitForge first() {
    return forges.getFirst();
  }

  Path directory() {
    return directory;
  }

  /** The mirror of the first forge. */
  Path cache() {
    return directory.resolve("cache-0");
  }

  GitRepository git() {
    return repository;
  }

  /** How the service reaches the repository. */
  String address() {
    return repository.bare().toUri().toString();
  }

  @Override
  public ManualClock clock() {
    return clock;
  }

  @Override
  public Repository repository() {
    return new Repository("git", address(), "main", PATH, null, null, null, null, null, null);
  }

  @Override
  public Forge forge() {
    return forge;
  }

  @Override
  public Forge another() {
    return newForge();
  }

  @Override
  public void commit(String path, String content) {
    repository.commit(path, content);
  }

  @Override
  public String base(String path) {
    return repository.base(path);
  }

  @Override
  public String branch(String branch, String path) {
    return repository.branch(branch, path);
  }

  @Override
  public boolean exists(String branch) {
    return repository.exists(branch);
  }

  @Override
  public int made() {
    return (int) repository.branches().stream().filter(b -> b.startsWith("heal8s/")).count();
  }

  @Override
  public int commits(String branch) {
    return repository.commits(branch);
  }

  @Override
  public void merge(String branch) {
    repository.merge(branch);
  }

  @Override
  public void squash(String branch) {
    repository.squash(branch);
  }

  @Override
  public void rebase(String branch) {
    repository.rebase(branch);
  }

  @Override
  public void close(String branch) {
    repository.delete(branch);
  }

  @Override
  public void push(String branch, String path, String content) {
    repository.push(branch, path, content);
  }

  @Override
  public void strangersBranch(String branch) {
    repository.newBranch(branch, "stranger.txt", "not ours\n");
  }

  @Override
  public void loseNextReply() {
    loseNext = true;
  }

  @Override
  public void close() {
    forges.forEach(GitForge::close);
  }

  private Forge losing(GitForge real) {
    return new Forge() {
      @Override
      public String id() {
        return real.id();
      }

      @Override
      public Reply<View> look(Inquiry inquiry) {
        return real.look(inquiry);
      }

      @Override
      public Reply<Sighting> open(Proposal proposal) {
        Reply<Sighting> reply = real.open(proposal);
        if (!loseNext) {
          return reply;
        }
        loseNext = false;
        return new Reply.NotNow<>(
            PullRequestReason.ForgeUnavailable, "the connection was cut", null, null);
      }

      @Override
      public Reply<Sighting> withdraw(Inquiry inquiry, String why) {
        return real.withdraw(inquiry, why);
      }
    };
  }
}
