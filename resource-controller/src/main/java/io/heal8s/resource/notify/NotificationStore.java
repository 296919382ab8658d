// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.notify;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Up to where each notifier has told what happened. Every method is one transaction. */
public interface NotificationStore {

  /**
   * Whether something happened that a notifier has not looked at; only reads. A notifier that is
   * new begins with what happens from now on.
   */
  boolean isNews(String notifier);

  /**
   * Takes the turn of a notifier, or keeps it.
   *
   * @return false while another process has it
   */
  boolean hold(String notifier, UUID holder, Duration lease);

  /** Lets others have the turn. */
  void release(String notifier, UUID holder);

  /** What happened next. */
  Batch read(String notifier);

  /**
   * Goes on behind a batch.
   *
   * @param marks what people know of each resource now; empty to forget it
   * @return false when the turn was lost meanwhile; nothing is written then
   */
  boolean advance(String notifier, UUID holder, long upTo, Map<Long, Optional<String>> marks);

  /**
   * Some events in order.
   *
   * @param events failures, and ends of failures
   * @param upTo place behind all that were looked at
   * @param more whether there is more behind
   */
  record Batch(List<Happening> events, long upTo, boolean more) {
    public Batch {
      events = List.copyOf(events);
    }
  }
}
