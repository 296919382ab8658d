// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Workflows and their runs. A run is queued when it is dispatched and lives on as the test says:
 * step by step with {@link #advance}, or by a script of which each reading of the run takes a step.
 */
public final class WorkflowRuns {

  /**
   * Where a run is.
   *
   * @param status queued, in_progress, completed and the rarer ones of GitHub
   * @param conclusion success, failure, cancelled, timed_out, …; null until it is completed
   */
  public record State(String status, @Nullable String conclusion) {

    /** Waits for a runner. */
    public static final State QUEUED = new State("queued", null);

    /** Runs. */
    public static final State IN_PROGRESS = new State("in_progress", null);

    /** Has ended so. */
    public static State completed(String conclusion) {
      return new State("completed", conclusion);
    }
  }

  /**
   * A run as it was dispatched.
   *
   * @param ref branch or tag
   * @param inputs values as they were sent
   * @param login who dispatched it
   */
  public record Dispatched(
      long id,
      String repository,
      long workflow,
      String ref,
      Map<String, String> inputs,
      String login) {}

  /**
   * A file that a run left.
   *
   * @param bytes size
   */
  public record Artifact(long id, String name, long bytes) {}

  record Workflow(long id, String repository, String file, List<String> inputs) {}

  /** A run as it is now. */
  record Run(Dispatched dispatched, State state, Instant since, List<Artifact> artifacts) {}

  private final InstantSource clock;
  private final List<Workflow> workflows = new ArrayList<>();
  private final Map<Long, Run> runs = new HashMap<>();
  private final Map<Long, List<State>> scripts = new HashMap<>();
  private List<State> script = List.of();
  private boolean mutedIds;
  private @Nullable String titleInput;

  WorkflowRuns(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A workflow that can be dispatched.
   *
   * @param repository {@code owner/name}
   * @param file for example {@code scale.yml}, under .github/workflows
   * @param inputs names of the inputs that it takes
   * @return its number
   */
  public synchronized long workflow(String repository, String file, List<String> inputs) {
    long id = 100L + workflows.size();
    workflows.add(new Workflow(id, repository, file, List.copyOf(inputs)));
    return id;
  }

  /** Later runs live so: each reading of one takes a step, the last state stays. */
  public synchronized void script(State... states) {
    script = List.of(states);
  }

  /** Dispatches are answered 204 without the run's number, as older servers do. */
  public synchronized void withoutRunDetails() {
    mutedIds = true;
  }

  /** Runs show an input in their title, as with a {@code run-name} that names it. */
  public synchronized void titledBy(String input) {
    titleInput = input;
  }

  synchronized String title(Dispatched run) {
    return titleInput == null
        ? "dispatch"
        : "dispatch " + run.inputs().getOrDefault(titleInput, "");
  }

  /** Every run so far in order. */
  public synchronized List<Dispatched> dispatched() {
    return runs.values().stream()
        .map(Run::dispatched)
        .sorted(Comparator.comparingLong(Dispatched::id))
        .toList();
  }

  /** A run goes on. */
  public synchronized void advance(long run, State to) {
    runs.computeIfPresent(
        run, (id, was) -> new Run(was.dispatched(), to, clock.instant(), was.artifacts()));
  }

  /** A run leaves a file. */
  public synchronized void artifact(long run, String name, long bytes) {
    runs.computeIfPresent(
        run,
        (id, was) -> {
          List<Artifact> more = new ArrayList<>(was.artifacts());
          more.add(new Artifact(id * 100 + more.size(), name, bytes));
          return new Run(was.dispatched(), was.state(), was.since(), List.copyOf(more));
        });
  }

  synchronized boolean tellsIds() {
    return !mutedIds;
  }

  synchronized Optional<Workflow> find(String repository, String idOrFile) {
    return workflows.stream()
        .filter(w -> w.repository().equalsIgnoreCase(repository))
        .filter(w -> w.file().equals(idOrFile) || Long.toString(w.id()).equals(idOrFile))
        .findFirst();
  }

  synchronized Run dispatch(
      Workflow workflow, String ref, Map<String, String> inputs, String login) {
    long id = 9000L + runs.size();
    Run run =
        new Run(
            new Dispatched(
                id, workflow.repository(), workflow.id(), ref, Map.copyOf(inputs), login),
            State.QUEUED,
            clock.instant(),
            List.of());
    runs.put(id, run);
    scripts.put(id, new ArrayList<>(script));
    return run;
  }

  /** A run as it is read: a script takes a step. */
  synchronized Optional<Run> read(String repository, long id) {
    List<State> left = scripts.getOrDefault(id, List.of());
    if (!left.isEmpty()) {
      advance(id, left.removeFirst());
    }
    return peek(repository, id);
  }

  synchronized Optional<Run> peek(String repository, long id) {
    return Optional.ofNullable(runs.get(id))
        .filter(run -> run.dispatched().repository().equalsIgnoreCase(repository));
  }

  synchronized List<Run> of(Workflow workflow) {
    return runs.values().stream()
        .filter(run -> run.dispatched().workflow() == workflow.id())
        .sorted(Comparator.comparingLong((Run run) -> run.dispatched().id()).reversed())
        .toList();
  }

  /** Asks a run to stop; false when it has ended. */
  synchronized boolean cancel(long id) {
    Run run = runs.get(id);
    if (run == null || run.state().status().equals("completed")) {
      return false;
    }
    scripts.remove(id);
    advance(id, State.completed("cancelled"));
    return true;
  }
}
