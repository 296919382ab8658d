// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets only a few checks of passwords run at a time; the others wait a moment, in their order. */
public final class CheckGate {

  private final Semaphore places;
  private final Duration patience;

  /**
   * @param places checks at a time
   * @param patience longest wait for a place
   */
  public CheckGate(int places, Duration patience) {
    this.places = new Semaphore(places, true);
    this.patience = patience;
  }

  /** Whether there was a place in time, which then must be {@link #left}. */
  boolean entered() {
    try {
      return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void left() {
    places.release();
  }

  /** How long it is waited for a place. */
  Duration patience() {
    return patience;
  }
}
