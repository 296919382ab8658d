// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for something that nobody announces. */
final class Waiting {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Waiting() {}

  /**
   * Asks again and again until it is so.
   *
   * @throws TimeoutException when it takes longer
   */
  static void until(String what, Duration atMost, BooleanSupplier so)
      throws InterruptedException, TimeoutException {
    until(what, atMost, PAUSE, so);
  }

  /** The same with a longer pause between two questions, for those that cost somebody something. */
  static void until(String what, Duration atMost, Duration pause, BooleanSupplier so)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not within " + atMost.toSeconds() + " s: " + what);
      }
      Thread.sleep(pause);
    }
  }
}
