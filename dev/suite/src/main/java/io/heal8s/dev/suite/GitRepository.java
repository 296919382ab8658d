// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.suite;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * A git repository, bare, as a forge would hold it, and what a reviewer does with it. Not
 * thread-safe but for {@link #head}.
 */
public final class GitRepository implements ManifestSource, AutoCloseable {

  /** The base branch. */
  public static final String BASE = "main";

  private static final PersonIdent REVIEWER =
      new PersonIdent("Robin Reviewer", "robin@heal8s.example", Instant.EPOCH, ZoneOffset.UTC);

  private final Path directory;
  private final Git bare;

  private GitRepository(Path directory, Git bare) {
    this.directory = directory;
    this.bare = bare;
  }

  /** Creates the repository with one commit that holds the given files, by path. */
  public static GitRepository create(Path directory, Map<String, String> files) {
    try {
      Git bare =
          Git.init().setBare(true).setInitialBranch(BASE).setDirectory(directory.toFile()).call();
      GitRepository repository = new GitRepository(directory, bare);
      Path work = directory.resolveSibling(directory.getFileName() + "-work");
      try (Git clone = repository.checkout(work)) {
        for (Map.Entry<String, String> file : files.entrySet()) {
          Path target = work.resolve(file.getKey());
          Files.createDirectories(Objects.requireNonNull(target.getParent()));
          Files.writeString(target, file.getValue());
        }
        clone.add().addFilepattern(".").call();
        clone
            .commit()
            .setSign(false)
            .setAuthor(now(REVIEWER))
            .setCommitter(now(REVIEWER))
            .setMessage("What runs today")
            .call();
        push(clone);
      }
      return repository;
    } catch (GitAPIException e) {
      throw new IllegalStateException("cannot make the repository", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Address by which git reaches it. */
  public URI url() {
    return directory.toUri();
  }

  /** Head of a branch, null when there is no such branch. */
  public @Nullable ObjectId head(String branch) {
    try {
      Ref ref = bare.getRepository().exactRef("refs/heads/" + branch);
      return ref == null ? null : ref.getObjectId();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String branch() {
    return BASE;
  }

  @Override
  public @Nullable String head() {
    ObjectId head = head(BASE);
    return head == null ? null : head.name();
  }

  @Override
  public String content(String commit, String file) {
    return content(ObjectId.fromString(commit), file);
  }

  /** Content of a file at a commit. */
  public String content(ObjectId commit, String file) {
    Repository repository = bare.getRepository();
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit parsed = walk.parseCommit(commit);
      try (TreeWalk tree = TreeWalk.forPath(repository, file, parsed.getTree())) {
        if (tree == null) {
          throw new IllegalStateException(file + " is not in " + commit.name());
        }
        return new String(
            repository.open(tree.getObjectId(0)).getCachedBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unified diff from where a branch left the base to its head. */
  public String diff(String branch) {
    Repository repository = bare.getRepository();
    ObjectId head = head(branch);
    ObjectId base = head(BASE);
    if (head == null || base == null) {
      throw new IllegalStateException("no branch " + branch);
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (RevWalk walk = new RevWalk(repository);
        DiffFormatter formatter = new DiffFormatter(text)) {
      formatter.setRepository(repository);
      formatter.format(walk.parseCommit(base).getTree(), walk.parseCommit(head).getTree());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Names of all branches but the base. */
  public List<String> branches() {
    try {
      return bare.getRepository().getRefDatabase().getRefsByPrefix("refs/heads/").stream()
          .map(ref -> Repository.shortenRefName(ref.getName()))
          .filter(name -> !name.equals(BASE))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Message of a branch's head commit: the pull request's text, where a forge has none. */
  public String message(String branch) {
    ObjectId head = head(branch);
    if (head == null) {
      throw new IllegalStateException("no branch " + branch);
    }
    try (RevWalk walk = new RevWalk(bare.getRepository())) {
      return walk.parseCommit(head).getFullMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Merges a branch into the base with a merge commit, as a reviewer does, and deletes it. */
  public void merge(String branch) {
    Path work = directory.resolveSibling("merge-" + Integer.toHexString(branch.hashCode()));
    try (Git clone = checkout(work)) {
      clone
          .merge()
          .include(clone.getRepository().resolve("origin/" + branch))
          .setFastForward(MergeCommand.FastForwardMode.NO_FF)
          .setCommit(false)
          .call();
      clone
          .commit()
          .setSign(false)
          .setAuthor(now(REVIEWER))
          .setCommitter(now(REVIEWER))
          .setMessage("Merge " + branch)
          .call();
      push(clone);
      bare.branchDelete().setBranchNames(branch).setForce(true).call();
    } catch (GitAPIException e) {
      throw new IllegalStateException("cannot merge " + branch, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void push(Git clone) throws GitAPIException {
    RefSpec base = new RefSpec("HEAD:refs/heads/" + BASE);
    for (PushResult result : clone.push().setRemote("origin").setRefSpecs(base).call()) {
      for (RemoteRefUpdate update : result.getRemoteUpdates()) {
        if (update.getStatus() != RemoteRefUpdate.Status.OK) {
          throw new IllegalStateException("the push was refused: " + update);
        }
      }
    }
  }

  private Git checkout(Path work) throws GitAPIException {
    return Git.cloneRepository().setURI(url().toString()).setDirectory(work.toFile()).call();
  }

  private static PersonIdent now(PersonIdent person) {
    return new PersonIdent(person, Instant.now(), ZoneOffset.UTC);
  }

  @Override
  public void close() {
    bare.close();
  }
}
