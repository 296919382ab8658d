// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store;

import io.heal8s.resource.model.ResourceEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in the order of commits. Positions have no gaps, and nothing is ever added before
 * a position that was read: whoever resumes after the last position it saw misses nothing.
 *
 * <p>For watches and Server-Sent Events: subscribe, read from the position that the client saw
 * last, then read again whenever woken, and every few seconds in any case.
 */
public interface EventLog {

  /** Position of the newest published event, 0 when there is none yet. */
  long newest();

  /**
   * Position of the oldest event that is still kept; {@code newest() + 1} when none is. A client
   * that resumes from before {@code oldest() - 1} has missed events and must list again.
   */
  long oldest();

  /**
   * Events after a position, in order.
   *
   * @param after position that was seen last, 0 for the oldest
   * @param filter which of them
   * @param limit at most that many, 1 to 10,000
   */
  Batch read(long after, Filter filter, int limit);

  /**
   * Has a task run whenever events were published, by this process or another. It runs on a thread
   * of the log and must only wake somebody.
   *
   * @return ends the subscription
   */
  Subscription subscribe(Runnable wake);

  /**
   * Which events.
   *
   * @param resourceId of one resource; null for all
   * @param typeName of one type; null for all
   * @param typeVersion of one version; null for all
   */
  record Filter(
      @Nullable Long resourceId, @Nullable String typeName, @Nullable String typeVersion) {

    /** Everything. */
    public static final Filter ALL = new Filter(null, null, null);
  }

  /**
   * What was read.
   *
   * @param events those that the filter lets through
   * @param upTo position from which to go on; higher than that of the last event when the filter
   *     left some out, equal to the question's when there is nothing newer
   */
  record Batch(List<ResourceEvent> events, long upTo) {
    public Batch {
      events = List.copyOf(events);
    }
  }

  /** A subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
