// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.core.runtime.LoopRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Alive while the synthetic key of every loop comes back in time; a new process helps otherwise.
 */
final class LoopsHealth implements HealthIndicator {

  private final LoopRegistry loops;

  LoopsHealth(LoopRegistry loops) {
    this.loops = loops;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (ControllerLoop<?, ?, ?> loop : loops.all()) {
      if (!loop.isAlive()) {
        health.down();
      }
      health.withDetail(
          loop.name(), loop.isRunning() ? "beat under way for " + loop.beatPending() : "stands by");
    }
    return health.build();
  }
}
