// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A bare repository and a person's clone of it, worked with by the real git: nothing of this
 * project takes part in what people do.
 */
public final class GitRepository {

  private static final String BASE = "main";

  private final Path bare;
  private final Path clone;

  /** A new repository whose base holds one file. */
  public GitRepository(Path directory, String path, String content) {
    this.bare = directory.resolve("shop.git");
    this.clone = directory.resolve("clone");
    run(directory, "init", "--quiet", "--bare", "--initial-branch=" + BASE, bare.toString());
    run(directory, "clone", "--quiet", bare.toString(), clone.toString());
    run(clone, "checkout", "--quiet", "-b", BASE);
    write(path, content, "the shop");
    run(clone, "push", "--quiet", "origin", BASE);
  }

  public Path bare() {
    return bare;
  }

  /** The person's clone. */
  public Path workTree() {
    return clone;
  }

  public void commit(String path, String content) {
    onBase();
    write(path, content, "a commit of others");
    run(clone, "push", "--quiet", "origin", BASE);
  }

  public String base(String path) {
    return run(bare, "show", BASE + ":" + path);
  }

  public String branch(String branch, String path) {
    return run(bare, "show", branch + ":" + path);
  }

  public boolean exists(String branch) {
    return !run(bare, "for-each-ref", "refs/heads/" + branch).isEmpty();
  }

  public List<String> branches() {
    return run(bare, "for-each-ref", "--format=%(refname:short)", "refs/heads/").lines().toList();
  }

  public int commits(String branch) {
    return Integer.parseInt(run(bare, "rev-list", "--count", BASE + ".." + branch).strip());
  }

  public String head(String branch) {
    return run(bare, "rev-parse", "refs/heads/" + branch).strip();
  }

  public String message(String commit) {
    return run(bare, "log", "-1", "--format=%B", commit);
  }

  public void merge(String branch) {
    onBase();
    run(clone, "merge", "--quiet", "--no-ff", "-m", "Merge " + branch, "origin/" + branch);
    run(clone, "push", "--quiet", "origin", BASE);
  }

  public void squash(String branch) {
    onBase();
    run(clone, "merge", "--quiet", "--squash", "origin/" + branch);
    run(clone, "commit", "--quiet", "-m", "Squashed " + branch);
    run(clone, "push", "--quiet", "origin", BASE);
  }

  public void rebase(String branch) {
    onBase();
    run(clone, "checkout", "--quiet", "--detach", "origin/" + branch);
    run(clone, "rebase", "--quiet", "origin/" + BASE);
    run(clone, "push", "--quiet", "origin", "HEAD:" + BASE);
  }

  public void delete(String branch) {
    run(clone, "push", "--quiet", "origin", ":" + branch);
  }

  public void push(String branch, String path, String content) {
    run(clone, "fetch", "--quiet", "origin");
    run(clone, "checkout", "--quiet", "--detach", "origin/" + branch);
    write(path, content, "a reviewer's commit");
    run(clone, "push", "--quiet", "origin", "HEAD:" + branch);
  }

  public void newBranch(String branch, String path, String content) {
    onBase();
    run(clone, "checkout", "--quiet", "--detach");
    write(path, content, "something else");
    run(clone, "push", "--quiet", "origin", "HEAD:refs/heads/" + branch);
  }

  private void onBase() {
    run(clone, "fetch", "--quiet", "--prune", "origin");
    run(clone, "checkout", "--quiet", BASE);
    run(clone, "reset", "--quiet", "--hard", "origin/" + BASE);
  }

  private void write(String path, String content, String message) {
    try {
      Path file = clone.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(clone, "add", "--", path);
    run(clone, "commit", "--quiet", "-m", message);
  }

  /** Runs git without the user's own settings. */
  public static String run(Path directory, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_AUTHOR_NAME", "Reviewer",
                "GIT_AUTHOR_EMAIL", "reviewer@example.org",
                "GIT_COMMITTER_NAME", "Reviewer",
                "GIT_COMMITTER_EMAIL", "reviewer@example.org",
                "GIT_TERMINAL_PROMPT", "0"));
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + out);
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
