// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.dev.github.WorkflowRuns;
import io.heal8s.dev.github.WorkflowRuns.Dispatched;
import io.heal8s.dev.github.WorkflowRuns.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * GitHub's runners: they take each run that is dispatched, are at it for a while, leave a file and
 * end it. Thread-safe.
 */
final class WorkflowRunners implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(5);

  private final WorkflowRuns runs;
  private final Duration work;
  private final Consumer<String> tell;
  private final InstantSource clock;
  private final Map<Long, Seen> seen = new ConcurrentHashMap<>();
  private final Thread thread;

  /**
   * What a runner knows of a run.
   *
   * @param dispatched the run
   * @param taken when a runner took it, at most some milliseconds after its dispatch
   */
  record Seen(Dispatched dispatched, Instant taken) {}

  private WorkflowRunners(
      WorkflowRuns runs, Duration work, Consumer<String> tell, InstantSource clock) {
    this.runs = runs;
    this.work = work;
    this.tell = tell;
    this.clock = clock;
    this.thread = Thread.ofVirtual().unstarted(this::look);
  }

  /**
   * Starts them.
   *
   * @param work how long each run takes
   * @param tell is told of each run
   */
  static WorkflowRunners start(
      WorkflowRuns runs, Duration work, Consumer<String> tell, InstantSource clock) {
    WorkflowRunners runners = new WorkflowRunners(runs, work, tell, clock);
    runners.thread.start();
    return runners;
  }

  private void look() {
    try {
      while (true) {
        for (Dispatched run : runs.dispatched()) {
          if (seen.putIfAbsent(run.id(), new Seen(run, clock.instant())) == null) {
            Thread.startVirtualThread(() -> work(run));
          }
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Dispatched run) {
    tell.accept("run " + run.id() + " is taken by a runner, with inputs " + run.inputs());
    runs.advance(run.id(), State.IN_PROGRESS);
    try {
      Thread.sleep(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    runs.artifact(run.id(), "connection", 128);
    runs.advance(run.id(), State.completed("success"));
    tell.accept("run " + run.id() + " ended with success after " + work.toMillis() + " ms");
  }

  /** How many runs were dispatched so far. */
  int count() {
    return seen.size();
  }

  /**
   * Waits for a run.
   *
   * @param number 0 for the first that was dispatched
   * @throws TimeoutException when nobody dispatches it in time
   */
  Seen await(int number, Duration atMost) throws InterruptedException, TimeoutException {
    Waiting.until("workflow run " + (number + 1), atMost, LOOK, () -> seen.size() > number);
    List<Dispatched> all = runs.dispatched();
    Seen found = seen.get(all.get(number).id());
    if (found == null) {
      throw new IllegalStateException("run " + number + " was lost");
    }
    return found;
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
