// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.document;

import io.heal8s.resource.plugin.PluginHealth;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the same again and again on a thread of its own, and remembers what went wrong last. What
 * goes wrong is logged when it changes, not every round.
 */
public final class Rounds implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Rounds.class);
  private static final int SHOWN = 3;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  private final String plugin;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
  private final AtomicReference<List<String>> problems = new AtomicReference<>(List.of());

  /** One round. */
  @FunctionalInterface
  public interface Round {
    /**
     * Does it.
     *
     * @return what went wrong, one sentence each
     */
    List<String> once() throws Exception;
  }

  /** Makes it; the name is that of the plugin. */
  public Rounds(String plugin) {
    this.plugin = plugin;
  }

  /** Begins, at once and then with that pause between the end of one and the next. */
  public void start(Duration pause, Round round) {
    thread.scheduleWithFixedDelay(() -> run(round), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run(Round round) {
    List<String> now;
    try {
      now = round.once();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (Exception e) {
      now = List.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
    note(now);
  }

  private void note(List<String> now) {
    List<String> before = problems.getAndSet(List.copyOf(now));
    now.stream()
        .filter(problem -> !before.contains(problem))
        .forEach(problem -> log.warn("input {}: {}", plugin, problem));
    if (now.isEmpty() && !before.isEmpty()) {
      log.info("input {}: all is well again", plugin);
    }
  }

  /** How the last round went. */
  public PluginHealth health() {
    List<String> now = problems.get();
    if (now.isEmpty()) {
      return PluginHealth.ok();
    }
    String more = now.size() > SHOWN ? " and %d more".formatted(now.size() - SHOWN) : "";
    return new PluginHealth(
        false, String.join("; ", now.subList(0, Math.min(SHOWN, now.size()))) + more);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("input {}: still at work after {}", plugin, LONGEST_CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
