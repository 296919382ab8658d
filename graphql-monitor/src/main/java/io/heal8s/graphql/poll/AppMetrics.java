// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The original's metrics, made from {@link AppCounts} when they are read. The series of an app are
 * there as long as this replica polls it: who goes away takes them along.
 *
 * <p>They are written part by part and not kept by a registry: two hundred thousand lines at once
 * would be memory for ten thousand apps more, and time in which none is polled.
 */
public final class AppMetrics {

  private static final int APPS_IN_A_PART = 32;

  /** Takes a page in parts; may let others go first between two of them. */
  @FunctionalInterface
  public interface Sink {

    /** The next part: whole lines in the text format of Prometheus. */
    void write(CharSequence part) throws IOException;
  }

  private final Map<ObjectKey, AppCounts> apps = new ConcurrentHashMap<>();

  private volatile boolean hidden;

  /** No apps yet. */
  public AppMetrics() {}

  AppCounts of(ObjectKey app) {
    return apps.computeIfAbsent(app, key -> new AppCounts());
  }

  /**
   * A state of that app was announced; nothing is counted of an app that is not polled any more.
   */
  public void announced(ObjectKey app, boolean initial) {
    AppCounts counts = apps.get(app);
    if (counts != null) {
      counts.announced(initial);
    }
  }

  /**
   * A Remediation of that app was asked for; each counts once as failed, however often it is asked
   * for again.
   *
   * @param action as the original names it
   * @param status success or failed
   * @param seconds from the state that fired
   */
  public void acted(ObjectKey app, String action, String status, double seconds) {
    AppCounts counts = apps.get(app);
    if (counts != null) {
      counts.acted(action, status, seconds);
    }
  }

  /** So many Remediations of that app are pending now that cannot be created. */
  public void owing(ObjectKey app, int remediations) {
    AppCounts counts = apps.get(app);
    if (counts != null) {
      counts.owing(remediations);
    }
  }

  /** When that app was polled last, successfully or not; null before the first poll. */
  @Nullable Instant lastPolled(ObjectKey app) {
    AppCounts counts = apps.get(app);
    return counts == null ? null : counts.view().lastPolled();
  }

  void forget(ObjectKey app) {
    apps.remove(app);
  }

  /** While this replica polls nobody, its series are not there; what was counted is kept. */
  void hide(boolean hide) {
    hidden = hide;
  }

  /** Writes all of them, one metric after the other. */
  public void writeTo(Sink sink) throws IOException {
    Map<ObjectKey, AppCounts> shown = hidden ? Map.of() : apps;
    for (AppMetricFamily family : AppMetricFamily.values()) {
      StringBuilder part = new StringBuilder(family.head());
      int inPart = 0;
      for (Map.Entry<ObjectKey, AppCounts> app : shown.entrySet()) {
        family.append(part, app.getKey(), app.getValue().view());
        if (++inPart == APPS_IN_A_PART) {
          sink.write(part);
          part.setLength(0);
          inPart = 0;
        }
      }
      sink.write(part);
    }
    sink.write(
        """
        # HELP operator_kco_active_monitors Apps that this replica polls
        # TYPE operator_kco_active_monitors gauge
        operator_kco_active_monitors %d.0
        """
            .formatted(shown.size()));
  }
}
