// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.github.Access;
import io.heal8s.dev.github.Edition;
import io.heal8s.dev.github.GithubStandIn;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.Samples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A GitHub with the repository {@code acme/infra}, and the plugin that works with it. */
final class GithubWorld implements AutoCloseable {

  static final String SPEC = "{\"engine\":\"postgres\",\"storage_gb\":500}";
  static final String TARGET =
      "{\"owner\":\"acme\",\"repo\":\"infra\",\"workflow\":\"database.yml\"}";
  static final String KEY = "7-1-1";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  final GithubStandIn github;
  final GithubActionsPlugin plugin = new GithubActionsPlugin();

  GithubWorld(Path directory) {
    github = GithubStandIn.start(Edition.COM, directory, now::get);
    github.accounts().token("secret", "robot", Access.WRITE);
    github.repository("acme", "infra");
    plugin.open(
        new GivenEnvironment(
            Map.of(
                "GITHUB_API_URL",
                github.apiUrl().toString(),
                "GITHUB_TOKEN",
                "secret",
                "GITHUB_ACTIONS_POLL_INTERVAL",
                "1"),
            Map.of(),
            now::get));
  }

  void advance(Duration by) {
    now.updateAndGet(before -> before.plus(by));
  }

  Instant now() {
    return now.get();
  }

  /** The workflow that {@link #TARGET} names, with its file in the repository. */
  void workflow(String... inputs) throws IOException, InterruptedException {
    workflowIn("database.yml", inputs);
  }

  void workflowIn(String file, String... inputs) throws IOException, InterruptedException {
    github.runs().workflow("acme/infra", file, List.of(inputs));
    StringBuilder yaml =
        new StringBuilder("name: database\non:\n  workflow_dispatch:\n    inputs:\n");
    for (String input : inputs) {
      yaml.append("      ").append(input).append(": {type: string}\n");
    }
    String body =
        "{\"message\":\"a workflow\",\"content\":\"%s\"}"
            .formatted(
                Base64.getEncoder()
                    .encodeToString(yaml.toString().getBytes(StandardCharsets.UTF_8)));
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(
                          github.apiUrl() + "/repos/acme/infra/contents/.github/workflows/" + file))
                  .header("Authorization", "Bearer secret")
                  .header("Content-Type", "application/json")
                  .PUT(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }
  }

  /** A request of the first dispatch, {@link #KEY}. */
  static ActionRequest request(String spec, String config, String typeMetadata) {
    return request(spec, config, typeMetadata, KEY);
  }

  static ActionRequest request(String spec, String config, String typeMetadata, String key) {
    return new ActionRequest(
        7,
        "production-pg",
        "DatabaseCluster",
        "v1",
        1,
        Samples.json(spec),
        Samples.json(config),
        Samples.json(typeMetadata),
        Samples.json("{}"),
        key);
  }

  /** The usual one, of a run that began then. */
  static ActionRequest request(Instant begunAt) {
    ActionRequest usual = request();
    return new ActionRequest(
        usual.resourceId(),
        usual.resourceName(),
        usual.typeName(),
        usual.typeVersion(),
        usual.generation(),
        usual.spec(),
        usual.pluginConfig(),
        usual.typeMetadata(),
        usual.outputs(),
        usual.dispatchKey(),
        "",
        begunAt);
  }

  /** The usual one. */
  static ActionRequest request() {
    return request(SPEC, TARGET, "{}");
  }

  /** Asks until there is an end, ten times at most. */
  Step ended(Step first) {
    Step step = first;
    for (int i = 0; i < 10 && step instanceof Step.Running running; i++) {
      step = plugin.poll(request(), running.handle());
    }
    return step;
  }

  @Override
  public void close() {
    plugin.close();
    github.close();
  }
}
