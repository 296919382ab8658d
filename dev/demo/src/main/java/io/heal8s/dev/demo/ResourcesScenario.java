// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.google.gson.JsonObject;
import io.heal8s.dev.demo.WorkflowRunners.Seen;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The story of the resource controller: a database cluster is wanted, made by a workflow, changed
 * after an approval, and removed.
 */
final class ResourcesScenario implements AutoCloseable {

  private static final String SERVICE = "resource-controller";
  private static final String RESOURCES = "/api/v1/resources";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final Duration RUN = Duration.ofMillis(800);

  private final Timeline timeline;
  private final InstantSource clock;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  ResourcesScenario(Timeline timeline, InstantSource clock) {
    this.timeline = timeline;
    this.clock = clock;
  }

  /** Tells the whole story. */
  ResourcesReport run() throws IOException, InterruptedException, TimeoutException {
    timeline.headline("1. A resource controller on its own PostgreSQL, and a GitHub on loopback");
    Path directory = Files.createTempDirectory("heal8s-demo-resources-");
    opened.push(() -> delete(directory));
    StandInGithub github = opened(StandInGithub.start(directory.resolve("github"), clock));
    WorkflowRunners runners =
        opened(WorkflowRunners.start(github.server().runs(), RUN, timeline.by("github"), clock));
    ResourceApi api = opened(controller(directory, github));
    timeline.startAt(clock.instant());
    api.call("POST", "/api/v1/resource-types", DatabaseCluster.TYPE, 201);
    timeline.note("person", "creates the resource type DatabaseCluster v1");
    int refused = api.status("POST", RESOURCES, DatabaseCluster.resource(5));
    timeline.note("controller", "5 GB is less than the schema allows: answered " + refused);

    timeline.headline("2. A database cluster is wanted: its workflow is dispatched and followed");
    Instant asked = clock.instant();
    JsonObject created = api.call("POST", RESOURCES, DatabaseCluster.resource(500), 201);
    String path = RESOURCES + "/" + created.get("id").getAsLong();
    timeline.note("person", "creates " + DatabaseCluster.NAME + ", 500 GB");
    Seen made = runners.await(0, PATIENCE);
    awaitReady(api, path, 1);
    Instant ready = clock.instant();
    timeline.note("controller", "ready; outputs:");
    timeline.block(api.call("GET", path + "/outputs", null, 200).toString());

    timeline.headline("3. It shall be larger, and a person wants to see the plan before");
    Duration changed = change(api, path, runners);

    timeline.headline("4. It is no longer wanted: what was made is removed, the name is free");
    Instant deleted = clock.instant();
    api.call("DELETE", path, null, 202);
    timeline.note("person", "deletes " + DatabaseCluster.NAME);
    runners.await(2, PATIENCE);
    awaitGone(api, path);
    Instant gone = clock.instant();
    timeline.note("controller", "gone; its history stays");
    int again = api.status("POST", RESOURCES, DatabaseCluster.resource(50));
    timeline.note("person", "creates another one of that name: answered " + again);
    runners.await(3, PATIENCE);
    github.check();
    String state = again == 201 && refused == 400 ? "Deleted" : "Failed";
    timeline.headline("Done: " + state);
    return new ResourcesReport(
        state,
        DatabaseCluster.NAME,
        runners.count(),
        Duration.between(asked, made.taken()).toMillis(),
        Duration.between(made.taken(), ready).toMillis(),
        RUN.toMillis(),
        changed.toMillis(),
        Duration.between(deleted, gone).toMillis());
  }

  private ResourceApi controller(Path directory, StandInGithub github) throws InterruptedException {
    int port = ServiceProcess.freePort();
    opened(
            ServiceProcess.start(
                ServiceProcess.Definition.of(
                        Distribution.find(System.getenv()),
                        SERVICE,
                        ServiceProcess.freePort(),
                        directory,
                        "--API_HOST=127.0.0.1",
                        "--API_PORT=" + port,
                        "--AUTH=none",
                        "--DB_HOST=",
                        "--DB_PASSWORD=",
                        "--DATA_DIR=" + directory.resolve("data"),
                        "--GITHUB_API_URL=" + github.server().apiUrl())
                    .with("GITHUB_TOKEN", StandInGithub.TOKEN)))
        .awaitReady(PATIENCE);
    return new ResourceApi("http://127.0.0.1:" + port, null);
  }

  /** Changes it with a plan that waits; the time without what the person took. */
  private Duration change(ResourceApi api, String path, WorkflowRunners runners)
      throws InterruptedException, TimeoutException {
    Instant asked = clock.instant();
    api.call(
        "PATCH",
        path,
        "{\"approval\": \"manual\", \"spec\": %s}"
            .formatted(DatabaseCluster.spec("db.xlarge", 1000)),
        200);
    timeline.note("person", "wants db.xlarge and 1000 GB, with approval");
    Waiting.until("a plan", PATIENCE, LOOK, () -> plan(api, path) != null);
    Instant planned = clock.instant();
    JsonObject plan = plan(api, path);
    if (plan == null || runners.count() != 1) {
      throw new IllegalStateException("something was dispatched before the approval");
    }
    timeline.note("controller", "waits for an approval of plan " + plan.get("id").getAsString());
    timeline.block(plan.get("output").getAsString());
    Instant approved = clock.instant();
    api.call(
        "POST",
        path + "/approve",
        "{\"plan_id\": \"%s\"}".formatted(plan.get("id").getAsString()),
        200);
    timeline.note("person", "approves it");
    runners.await(1, PATIENCE);
    awaitReady(api, path, 2);
    timeline.note("controller", "ready at generation 2");
    return Duration.between(asked, planned).plus(Duration.between(approved, clock.instant()));
  }

  private static @org.jspecify.annotations.Nullable JsonObject plan(ResourceApi api, String path) {
    JsonObject resource = get(api, path);
    return resource.has("pending_plan") && resource.get("pending_plan").isJsonObject()
        ? resource.getAsJsonObject("pending_plan")
        : null;
  }

  private static void awaitReady(ResourceApi api, String path, long generation)
      throws InterruptedException, TimeoutException {
    Waiting.until(
        "ready at generation " + generation,
        PATIENCE,
        LOOK,
        () -> {
          JsonObject resource = get(api, path);
          String status = resource.get("status").getAsString();
          if (status.equals("failed")) {
            throw new IllegalStateException("it failed: " + resource.get("status_message"));
          }
          return status.equals("ready")
              && resource.get("observed_generation").getAsLong() == generation;
        });
  }

  private static void awaitGone(ResourceApi api, String path)
      throws InterruptedException, TimeoutException {
    Waiting.until("gone", PATIENCE, LOOK, () -> statusOf(api, path) == 404);
  }

  private static JsonObject get(ResourceApi api, String path) {
    try {
      return api.call("GET", path, null, 200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int statusOf(ResourceApi api, String path) {
    try {
      return api.status("GET", path, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
