// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.reconcile.decision.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Permits for calls to plugins: of this process, of one plugin and of one type. First come, first
 * served.
 */
final class Slots {

  private final Semaphore all;
  private final Map<String, Semaphore> plugins;
  private final Map<String, Semaphore> types;

  Slots(EngineSettings settings) {
    this.all = new Semaphore(settings.maxConcurrent(), true);
    this.plugins = semaphores(settings.perPlugin());
    this.types = semaphores(settings.perType());
  }

  /** A permit for a call. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for a permit.
   *
   * @return null when there was none in that time
   */
  @org.jspecify.annotations.Nullable
  Slot acquire(Work work, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    List<Semaphore> held = new ArrayList<>(3);
    for (Semaphore each : needed(work)) {
      if (!each.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        held.forEach(Semaphore::release);
        return null;
      }
      held.add(each);
    }
    return () -> held.forEach(Semaphore::release);
  }

  /** The narrow ones first, so that who waits for one of these holds none that others need. */
  private List<Semaphore> needed(Work work) {
    List<Semaphore> needed = new ArrayList<>(3);
    Semaphore type = types.get(work.typeName());
    if (type != null) {
      needed.add(type);
    }
    Semaphore plugin = plugins.get(work.actionPlugin());
    if (plugin != null) {
      needed.add(plugin);
    }
    needed.add(all);
    return needed;
  }

  /** Whether any plugin or type has a limit of its own. */
  boolean isLimitedByName() {
    return !plugins.isEmpty() || !types.isEmpty();
  }

  /** Plugins that have no permit left. */
  Set<String> saturatedPlugins() {
    return saturated(plugins);
  }

  /** Types that have no permit left. */
  Set<String> saturatedTypes() {
    return saturated(types);
  }

  private static Set<String> saturated(Map<String, Semaphore> semaphores) {
    Set<String> names = new HashSet<>();
    semaphores.forEach(
        (name, semaphore) -> {
          if (semaphore.availablePermits() <= 0) {
            names.add(name);
          }
        });
    return names;
  }

  private static Map<String, Semaphore> semaphores(Map<String, Integer> limits) {
    Map<String, Semaphore> semaphores = new HashMap<>();
    Function<Integer, Semaphore> make = limit -> new Semaphore(limit, true);
    limits.forEach((name, limit) -> semaphores.put(name, make.apply(limit)));
    return Map.copyOf(semaphores);
  }
}
