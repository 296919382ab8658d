// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Change;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.pr.act.ForgeQuestions;
import io.heal8s.pr.changerequest.PrSnapshot;
import io.heal8s.pr.intent.PrIntent;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the loop once the cache is whole, and hands it the keys of what changes once this process
 * leads. Until then a standby runs only the keys that a webhook wakes.
 */
final class PrLoop implements SmartLifecycle {

  /** After the caches, which are phase 0. */
  private static final int PHASE = 1;

  private static final Duration TRY_AGAIN = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(8);

  private final BooleanSupplier synced;
  private final BooleanSupplier leading;
  private final Store<Remediation> remediations;
  private final ForgeQuestions questions;
  private final ControllerLoop<ObjectKey, PrSnapshot, PrIntent> loop;
  private final Scheduler scheduler;
  private volatile boolean running;

  PrLoop(
      BooleanSupplier synced,
      BooleanSupplier leading,
      Store<Remediation> remediations,
      ForgeQuestions questions,
      ControllerLoop<ObjectKey, PrSnapshot, PrIntent> loop,
      Scheduler scheduler) {
    this.synced = synced;
    this.leading = leading;
    this.remediations = remediations;
    this.questions = questions;
    this.loop = loop;
    this.scheduler = scheduler;
  }

  @Override
  public void start() {
    running = true;
    whenWhole();
  }

  private void whenWhole() {
    if (running && synced.getAsBoolean()) {
      loop.start();
      whenLeading();
    } else if (running) {
      scheduler.after(TRY_AGAIN, this::whenWhole);
    }
  }

  private void whenLeading() {
    if (running && leading.getAsBoolean()) {
      // Tells what is known already, too.
      remediations.onChange(this::changed);
    } else if (running) {
      scheduler.after(TRY_AGAIN, this::whenLeading);
    }
  }

  private void changed(Change<Remediation> change) {
    if (change.after() == null && change.before() != null) {
      questions.forget(change.before());
    }
    loop.add(change.key());
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
