// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A repository and its pull requests. The objects are in a bare repository on disk, to which people
 * may push by any means; what that makes of pull requests is seen at the next request.
 */
public final class HostedRepository {

  private static final String BASE = "main";

  private final int id;
  private final String owner;
  private final String name;
  private final Path bare;
  private final InstantSource clock;
  private final Repository git;
  private final List<HostedPullRequest> pulls = new ArrayList<>();
  private boolean allowsAutoMerge;

  HostedRepository(int id, String owner, String name, Path bare, Links links, InstantSource clock) {
    this.id = id;
    this.owner = owner;
    this.name = name;
    this.bare = bare;
    this.clock = clock;
    try {
      boolean there = Files.isDirectory(bare);
      this.git = new FileRepositoryBuilder().setBare().setGitDir(bare.toFile()).build();
      if (!there) {
        git.create(true);
        git.updateRef(Constants.HEAD).link(Constants.R_HEADS + BASE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its objects are. */
  public Path bare() {
    return bare;
  }

  /** {@code owner/name}. */
  public String fullName() {
    return owner + "/" + name;
  }

  String owner() {
    return owner;
  }

  String name() {
    return name;
  }

  int id() {
    return id;
  }

  String nodeId() {
    return "R_" + id;
  }

  Repository git() {
    return git;
  }

  String defaultBranch() {
    return BASE;
  }

  /** Lets pull requests merge themselves once their rules allow, which is off at first. */
  public synchronized void allowAutoMerge() {
    allowsAutoMerge = true;
  }

  synchronized boolean allowsAutoMerge() {
    return allowsAutoMerge;
  }

  /** All pull requests in order of their numbers. */
  public synchronized List<PullView> pulls() {
    refresh();
    return pulls.stream().map(HostedPullRequest::view).toList();
  }

  /** A person merges by a merge commit. */
  public void merge(int number) {
    asPerson(number, "merge");
  }

  /** A person squashes. */
  public void squash(int number) {
    asPerson(number, "squash");
  }

  /** A person rebases. */
  public void rebase(int number) {
    asPerson(number, "rebase");
  }

  private void asPerson(int number, String method) {
    try {
      if (merge(find(number).orElseThrow(), method, "reviewer").isEmpty()) {
        throw new IllegalStateException("pull request " + number + " conflicts with its base");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A person closes without a merge. */
  public synchronized void close(int number) {
    find(number).orElseThrow().closed(clock.instant());
  }

  /** A person rewrites the description. */
  public synchronized void describe(int number, String body) {
    find(number).orElseThrow().edited(null, body);
  }

  /** A person takes a label away. */
  public synchronized void unlabel(int number, String label) {
    find(number).orElseThrow().labels().remove(label);
  }

  /** As if a pull request had never been made, with its branch left. */
  public synchronized void forgetPull(int number) {
    pulls.removeIf(pull -> pull.number() == number);
  }

  synchronized List<HostedPullRequest> all() {
    refresh();
    return List.copyOf(pulls);
  }

  synchronized Optional<HostedPullRequest> find(int number) {
    refresh();
    return pulls.stream().filter(pull -> pull.number() == number).findFirst();
  }

  /** Opens a pull request between two branches that exist. */
  synchronized HostedPullRequest open(
      String head, String base, String author, String title, String body) throws IOException {
    HostedPullRequest made =
        new HostedPullRequest(
            this,
            pulls.size() + 1,
            head,
            base,
            branch(head).orElseThrow(),
            author,
            clock.instant(),
            title,
            body);
    pulls.add(made);
    return made;
  }

  /** Merges; empty for a conflict. */
  synchronized Optional<ObjectId> merge(HostedPullRequest pull, String method, String login)
      throws IOException {
    ObjectId base = branch(pull.base()).orElseThrow();
    ObjectId head = pull.headSha();
    Merging merging = new Merging(git, login, clock.instant());
    String title =
        "Merge pull request #%d from %s/%s\n\n%s"
            .formatted(pull.number(), owner, pull.head(), pull.title());
    Optional<ObjectId> commit =
        switch (method) {
          case "squash" -> merging.squashed(base, head, pull.title() + " (#" + pull.number() + ")");
          case "rebase" -> merging.rebased(base, head);
          default -> merging.byCommit(base, head, title);
        };
    if (commit.isPresent()) {
      move(pull.base(), base, commit.get());
      pull.merged(commit.get(), clock.instant());
    }
    return commit;
  }

  /** Where a branch points. */
  Optional<ObjectId> branch(String branch) throws IOException {
    Ref ref = git.exactRef(Constants.R_HEADS + branch);
    return ref == null ? Optional.empty() : Optional.ofNullable(ref.getObjectId());
  }

  /**
   * Moves, makes (from zero) or deletes (to zero) a branch.
   *
   * @return whether it pointed to {@code from}
   */
  synchronized boolean move(String branch, ObjectId from, ObjectId to) throws IOException {
    RefUpdate update = git.updateRef(Constants.R_HEADS + branch);
    update.setExpectedOldObjectId(from);
    update.setForceUpdate(true);
    RefUpdate.Result result;
    if (to.equals(ObjectId.zeroId())) {
      result = update.delete();
    } else {
      update.setNewObjectId(to);
      result = update.update();
    }
    return switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> true;
      default -> false;
    };
  }

  /** What pushes made of open pull requests: moved, closed with their branch, or merged. */
  private void refresh() {
    try (RevWalk walk = new RevWalk(git)) {
      for (HostedPullRequest pull : pulls) {
        if (pull.state() == HostedPullRequest.State.OPEN) {
          refresh(pull, walk);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refresh(HostedPullRequest pull, RevWalk walk) throws IOException {
    Optional<ObjectId> tip = branch(pull.head());
    Optional<ObjectId> base = branch(pull.base());
    tip.ifPresent(pull::moved);
    boolean contained =
        base.isPresent()
            && walk.isMergedInto(walk.parseCommit(pull.headSha()), walk.parseCommit(base.get()));
    if (contained) {
      pull.merged(base.get(), clock.instant());
    } else if (tip.isEmpty()) {
      pull.closed(clock.instant());
    }
  }

  void close() {
    git.close();
  }
}
