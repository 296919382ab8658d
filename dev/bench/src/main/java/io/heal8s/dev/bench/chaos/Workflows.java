// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.chaos;

import io.heal8s.dev.github.Access;
import io.heal8s.dev.github.Edition;
import io.heal8s.dev.github.Fault;
import io.heal8s.dev.github.GithubStandIn;
import io.heal8s.dev.github.WorkflowRuns.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One workflow that takes the name of a resource, at a stand-in for GitHub that takes its time to
 * say that a dispatch happened: a process that is killed meanwhile never knows. The workflow has no
 * input for a correlation id, so nobody can find out afterwards.
 */
final class Workflows implements AutoCloseable {

  private static final String TOKEN = "chaos";
  private static final String INPUT = "database";
  private static final Duration LATE = Duration.ofMillis(250);
  private static final String FILE =
      "name: database\non:\n  workflow_dispatch:\n    inputs:\n      database: {type: string}\n";

  private final GithubStandIn github;

  Workflows(Path folder) throws IOException, InterruptedException {
    github = GithubStandIn.start(Edition.COM, folder, Clock.systemUTC());
    github.accounts().token(TOKEN, "robot", Access.WRITE);
    // Three minutes of it ask for more than the 5,000 of an hour.
    github.remaining(Integer.MAX_VALUE);
    github.repository("acme", "infra");
    github.runs().workflow("acme/infra", "database.yml", List.of(INPUT));
    github.runs().script(State.IN_PROGRESS, State.IN_PROGRESS, State.completed("success"));
    commitWorkflow();
    github
        .faults()
        .always(request -> request.path().endsWith("/dispatches"), new Fault.LateReply(LATE));
  }

  private void commitWorkflow() throws IOException, InterruptedException {
    String content = Base64.getEncoder().encodeToString(FILE.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    github.apiUrl() + "/repos/acme/infra/contents/.github/workflows/database.yml"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{\"message\": \"a workflow\", \"content\": \"%s\"}".formatted(content)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw new IllegalStateException("the workflow was not taken: " + status);
      }
    }
  }

  /** What a resource must say to run it. */
  static String pluginConfig() {
    return "{\"owner\": \"acme\", \"repo\": \"infra\", \"workflow\": \"database.yml\"}";
  }

  /** The spec that hands the name over. */
  static String spec(String name) {
    return "{\"%s\": \"%s\"}".formatted(INPUT, name);
  }

  /** Settings of a service that reaches it. */
  List<String> settings() {
    return List.of(
        "GITHUB_API_URL=" + github.apiUrl(),
        "GITHUB_TOKEN=" + TOKEN,
        "GITHUB_ACTIONS_LIMITS=false",
        "GITHUB_ACTIONS_POLL_INTERVAL=1");
  }

  /** How often the workflow was dispatched, by name of the resource. */
  Map<String, Long> dispatches() {
    return github.runs().dispatched().stream()
        .map(run -> run.inputs().getOrDefault(INPUT, ""))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** Ends it; an exchange that GitHub would not have had is an error. */
  @Override
  public void close() {
    try {
      github.assertConformant();
    } finally {
      github.close();
    }
  }
}
