// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.boot.Leadership;
import io.heal8s.core.observe.Change;
import io.heal8s.graphql.announce.Adoption;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.endpoint.EndpointFinder;
import io.heal8s.graphql.endpoint.PodView;
import io.heal8s.graphql.endpoint.ServiceView;
import io.heal8s.graphql.member.Membership;
import io.heal8s.graphql.member.Ownership;
import io.heal8s.graphql.poll.Fleet;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Lets the fleet follow what is watched. It begins once the caches are whole, and ends before the
 * caches do: first no app is polled any more, then the Lease is given back.
 */
final class FleetLifecycle implements SmartLifecycle {

  private static final Duration SPREAD = Duration.ofSeconds(30);

  /**
   * Apps of a lost replica are polled soon: with a lease of 10 s, half a second until it is looked
   * at and this, within 15 s after its end.
   */
  private static final Duration TAKE_OVER = Duration.ofSeconds(3);

  private final TargetApps apps;
  private final ClusterConfiguration.Endpoints endpoints;
  private final EndpointFinder finder;
  private final Membership membership;
  private final Ownership ownership;
  private final Fleet fleet;
  private final Adoption adoption;
  private volatile boolean running;

  FleetLifecycle(
      TargetApps apps,
      ClusterConfiguration.Endpoints endpoints,
      EndpointFinder finder,
      Membership membership,
      Ownership ownership,
      Fleet fleet,
      Adoption adoption) {
    this.apps = apps;
    this.endpoints = endpoints;
    this.finder = finder;
    this.membership = membership;
    this.ownership = ownership;
    this.fleet = fleet;
    this.adoption = adoption;
  }

  /** Called once the caches are whole. */
  void begin() {
    membership.start();
    ownership.start(this::membersChanged);
    apps.onChange(this::appChanged);
    endpoints.pods().forEach(store -> store.onChange(this::podChanged));
    endpoints.services().forEach(store -> store.onChange(this::serviceChanged));
  }

  private void membersChanged(Ownership.Part part) {
    switch (part) {
      case LEFT -> fleet.suspend();
      case JOINED -> {
        fleet.resume();
        fleet.reshare(apps.keys(), ownership::isAnothers, SPREAD);
      }
      case STAYED -> fleet.reshare(apps.keys(), ownership::isAnothers, TAKE_OVER);
      case NONE -> {}
    }
  }

  private void appChanged(Change<TargetApp> change) {
    TargetApp after = change.after();
    if (after != null) {
      adoption.seen(after);
    }
    // Once it is being deleted nothing is to be done for it, though finalizers may keep it for
    // long.
    if (after == null || TargetApps.isEnding(after)) {
      fleet.gone(change.key());
    } else if (!sameSpec(change.before(), after)) {
      fleet.appeared(change.key(), change.listed() ? SPREAD : Duration.ZERO);
    }
  }

  // Our own writes of status are no reason to look at it again.
  private static boolean sameSpec(@Nullable TargetApp before, TargetApp after) {
    return before != null
        && Objects.equals(before.getMetadata().getUid(), after.getMetadata().getUid())
        && Objects.equals(
            before.getMetadata().getGeneration(), after.getMetadata().getGeneration());
  }

  private void podChanged(Change<PodView> change) {
    PodView before = change.before();
    PodView after = change.after();
    if (after != null && after.isServing() && (before == null || !before.isServing())) {
      fleet.endpointsMoved(
          change.key().namespace(),
          reference -> finder.mayBe(reference, after),
          "pod/" + change.key().name());
    }
  }

  private void serviceChanged(Change<ServiceView> change) {
    String name = change.key().name();
    fleet.endpointsMoved(
        change.key().namespace(), reference -> finder.mayBe(reference, name), "service/" + name);
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    fleet.stop();
    ownership.stop();
    membership.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Leadership.PHASE + 1;
  }
}
