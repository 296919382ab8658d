// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.observe.Informers;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready once every required kind was listed; a service must not decide on half a picture. */
final class InformersHealth implements HealthIndicator {

  private final Informers informers;

  InformersHealth(Informers informers) {
    this.informers = informers;
  }

  @Override
  public Health health() {
    Health.Builder health = informers.synced() ? Health.up() : Health.outOfService();
    informers.states().forEach((kind, state) -> health.withDetail(kind, state.toString()));
    return health.build();
  }
}
