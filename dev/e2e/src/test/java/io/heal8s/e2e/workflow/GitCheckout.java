// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.e2e.workflow.GithubStandIn.Touched;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A repository with manifests, as the runner has it checked out: real git. */
final class GitCheckout {

  private static final String BRANCH = "heal8s/increase-memory/api-01234567";

  private final Path folder;

  GitCheckout(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    run("init", "-q", "-b", "main");
  }

  Path folder() {
    return folder;
  }

  void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.writeString(path, content);
  }

  /** Commits all of it and says the commit. */
  String commit(String message) throws Exception {
    run("add", "-A");
    run("commit", "-q", "-m", message);
    return head();
  }

  /** Commits all of it on a branch of ours, merges that, and says the merge. */
  String mergeOfABranch() throws Exception {
    run("checkout", "-q", "-B", BRANCH);
    commit("more memory");
    run("checkout", "-q", "main");
    run("merge", "-q", "--no-ff", "-m", "merge", BRANCH);
    return head();
  }

  String head() throws Exception {
    return run("rev-parse", "HEAD").strip();
  }

  List<String> commits(String before, String after) throws Exception {
    return run("rev-list", before + ".." + after).lines().toList();
  }

  /** What GitHub lists as the files of a pull request. */
  List<Touched> touched(String before, String after) throws Exception {
    List<Touched> files = new ArrayList<>();
    String[] parts = run("diff", "-z", "-M", "--name-status", before, after).split("\0", -1);
    for (int i = 0; i + 1 < parts.length; i += 2) {
      if (parts[i].startsWith("R")) {
        files.add(new Touched(parts[i + 2], parts[i + 1]));
        i++;
      } else {
        files.add(new Touched(parts[i + 1], ""));
      }
    }
    return files;
  }

  String run(String... arguments) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of("git", "-c", "user.name=Test", "-c", "user.email=test@heal8s.example"));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
