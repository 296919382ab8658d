// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.dev.github.Access;
import io.heal8s.dev.github.Edition;
import io.heal8s.dev.github.GithubStandIn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/** A GitHub on loopback with the repository and the workflows of the story. */
final class StandInGithub implements AutoCloseable {

  static final String TOKEN = "ghp_demo";

  private final GithubStandIn github;

  private StandInGithub(GithubStandIn github) {
    this.github = github;
  }

  /** Starts it; a person pushes the workflows. */
  static StandInGithub start(Path directory, InstantSource clock) throws InterruptedException {
    GithubStandIn github = GithubStandIn.start(Edition.COM, directory, clock);
    StandInGithub ours = new StandInGithub(github);
    try {
      github.accounts().token(TOKEN, "robin", Access.WRITE);
      github.repository(DatabaseCluster.OWNER, DatabaseCluster.REPOSITORY);
      ours.push(DatabaseCluster.WORKFLOW);
      ours.push(DatabaseCluster.DESTROY);
      return ours;
    } catch (RuntimeException | InterruptedException e) {
      github.close();
      throw e;
    }
  }

  private void push(String file) throws InterruptedException {
    String repository = DatabaseCluster.OWNER + "/" + DatabaseCluster.REPOSITORY;
    github.runs().workflow(repository, file, List.of("spec", "correlation_id"));
    String text = DatabaseCluster.workflow(file.replace(".yml", ""));
    String content = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    try (ResourceApi api = new ResourceApi(github.apiUrl().toString(), TOKEN)) {
      api.call(
          "PUT",
          "/repos/%s/contents/.github/workflows/%s".formatted(repository, file),
          "{\"message\":\"%s\",\"content\":\"%s\"}".formatted(file, content),
          201);
    }
  }

  GithubStandIn server() {
    return github;
  }

  /**
   * That nobody broke GitHub's description.
   *
   * @throws IllegalStateException naming what did
   */
  void check() {
    List<String> broken = github.violations();
    if (!broken.isEmpty()) {
      throw new IllegalStateException(
          "against GitHub's published description: " + String.join("; ", broken));
    }
  }

  @Override
  public void close() {
    github.close();
  }
}
