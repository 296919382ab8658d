// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.pr.changerequest.PrSnapshot;
import io.heal8s.pr.intent.PrIntent;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Starts the loop once the cache is whole and hands it the keys of what changes. */
final class PrLoop implements SmartLifecycle {

  /** After the caches, which are phase 0. */
  private static final int PHASE = 1;

  private static final Duration TRY_AGAIN = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(8);

  private final Informers informers;
  private final Store<Remediation> remediations;
  private final ControllerLoop<ObjectKey, PrSnapshot, PrIntent> loop;
  private final Scheduler scheduler;
  private volatile boolean running;

  PrLoop(
      Informers informers,
      Store<Remediation> remediations,
      ControllerLoop<ObjectKey, PrSnapshot, PrIntent> loop,
      Scheduler scheduler) {
    this.informers = informers;
    this.remediations = remediations;
    this.loop = loop;
    this.scheduler = scheduler;
  }

  @Override
  public void start() {
    running = true;
    remediations.onChange(change -> loop.add(change.key()));
    whenWhole();
  }

  private void whenWhole() {
    if (running && informers.synced()) {
      loop.start();
    } else if (running) {
      scheduler.after(TRY_AGAIN, this::whenWhole);
    }
  }

  @Override
  public void stop() {
    running = false;
    try {
      loop.stop(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
