// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.core.runtime.LoopEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Begins what every {@link LoopStart} says once it may, and ends all loops of the process. */
final class LoopLifecycle implements SmartLifecycle {

  /** Started after the caches and the election, ended before them. */
  static final int PHASE = InformerLifecycle.PHASE + 1;

  private static final Duration ASK_AGAIN = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(8);
  private static final Logger log = LoggerFactory.getLogger(LoopLifecycle.class);

  private final List<LoopStart> starts;
  private final LoopEnvironment environment;
  private volatile boolean running;

  LoopLifecycle(List<LoopStart> starts, LoopEnvironment environment) {
    this.starts = List.copyOf(starts);
    this.environment = environment;
  }

  @Override
  public void start() {
    running = true;
    starts.forEach(start -> submit(() -> beginIfItMay(start, false)));
  }

  private void submit(Runnable task) {
    environment.executor().execute(task);
  }

  private void beginIfItMay(LoopStart start, boolean told) {
    if (!running) {
      return;
    }
    boolean may = false;
    boolean failed = told;
    try {
      may = start.when().getAsBoolean();
    } catch (RuntimeException notYet) {
      if (!told) {
        log.atWarn().addKeyValue("start", start.name()).setCause(notYet).log("Cannot begin yet");
      }
      failed = true;
    }
    if (may) {
      start.then().run();
      return;
    }
    boolean toldNow = failed;
    environment.scheduler().after(ASK_AGAIN, () -> submit(() -> beginIfItMay(start, toldNow)));
  }

  /** All loops have the same grace, not one after the other. */
  @Override
  public void stop() {
    running = false;
    List<ControllerLoop<?, ?, ?>> loops = environment.loops().all();
    CountDownLatch ended = new CountDownLatch(loops.size());
    loops.forEach(loop -> Thread.ofVirtual().start(() -> end(loop, ended)));
    try {
      ended.await();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(ControllerLoop<?, ?, ?> loop, CountDownLatch ended) {
    try {
      loop.stop(GRACE);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
