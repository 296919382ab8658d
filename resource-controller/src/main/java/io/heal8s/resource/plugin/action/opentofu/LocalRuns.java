// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The runs of this process. */
final class LocalRuns {

  /** Together less than the time in which a process must end. */
  private static final Duration TO_END = Duration.ofSeconds(4);

  private static final Duration TO_STOP = Duration.ofSeconds(3);

  private final Map<UUID, LocalRun> runs = new ConcurrentHashMap<>();
  private final Semaphore places;

  /** Makes it; others than the first so many wait. */
  LocalRuns(int most) {
    places = new Semaphore(most, true);
  }

  void start(LocalRun run) {
    runs.put(run.id(), run);
    Thread.ofVirtual()
        .name("program-" + run.id())
        .start(
            () -> {
              try {
                run.run(places);
              } finally {
                runs.remove(run.id());
              }
            });
  }

  /** Stops one if it is here; whoever has it hears it from the database, too. */
  void stop(UUID id, String why) {
    LocalRun run = runs.get(id);
    if (run != null) {
      run.stop(why);
    }
  }

  /**
   * Gives all a moment to end, then asks them to stop; what has not stopped then is stopped as
   * after a crash.
   */
  void close() {
    try {
      await(TO_END);
      runs.values().forEach(run -> run.stop("the service ended"));
      await(TO_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    for (LocalRun run : runs.values()) {
      run.awaitEnd(Math.max(0, end - System.nanoTime()));
    }
  }
}
