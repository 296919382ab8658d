// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.model.ResourceEvent;
import java.util.LinkedHashSet;
import java.util.function.IntSupplier;

/**
 * What a listener with a filter is told of resources that do not fit it, so that a list that it
 * keeps agrees with what it would be given anew. What it had before it listened is not known here:
 * so a resource that does not fit is told once as having left, whether it was there or not, and
 * then no more until it fits again. Belongs to one listener, not safe for threads.
 */
final class Leavings {

  /** As the event is called: whoever listens for others by their names does not hear it. */
  static final String EVENT = "LEFT";

  private final IntSupplier most;
  private final LinkedHashSet<Long> outside = new LinkedHashSet<>();

  /**
   * @param most resources that are remembered as not fitting, as it is at that moment; of one that
   *     was forgotten it is told again
   */
  Leavings(IntSupplier most) {
    this.most = most;
  }

  /** What is told of an event. */
  enum Told {
    /** It. */
    AS_IT_IS,
    /** That its resource is none of those any more. */
    LEFT,
    NOTHING
  }

  Told told(ResourceEvent event, EventSelection.Fit fit) {
    long id = event.resourceId();
    return switch (fit) {
      case NEVER -> Told.NOTHING;
      case NOW -> {
        outside.remove(id);
        yield Told.AS_IT_IS;
      }
      case NOT_NOW ->
          switch (event.type()) {
            // Who keeps a list and does not know the other word must learn at least this.
            case DELETED -> {
              outside.remove(id);
              yield Told.AS_IT_IS;
            }
            // It cannot have been there before.
            case CREATED -> {
              isNews(id);
              yield Told.NOTHING;
            }
            case MODIFIED, RECONCILED, FAILED -> isNews(id) ? Told.LEFT : Told.NOTHING;
          };
    };
  }

  private boolean isNews(long id) {
    boolean isKnown = outside.remove(id);
    outside.add(id);
    for (int room = most.getAsInt(); outside.size() > room; ) {
      outside.removeFirst();
    }
    return !isKnown;
  }
}
