// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state in time, as triggers look at it.
 *
 * @param state the state
 * @param before the state before, null when it is not known
 * @param changed paths of the fields that differ from the state before
 * @param initial whether this is the first state of the application
 * @param moved whether the state may differ from what the triggers looked at last
 * @param pod whose state it is where every pod is asked, null where there is one state
 * @param full whether so much is pending that nothing more may fire now
 * @param now when
 */
public record Moment(
    JsonObject state,
    @Nullable JsonObject before,
    List<String> changed,
    boolean initial,
    boolean moved,
    @Nullable String pod,
    boolean full,
    Instant now) {
  public Moment {
    changed = List.copyOf(changed);
  }

  /** Of an application that has one state. */
  public Moment(
      JsonObject state,
      @Nullable JsonObject before,
      List<String> changed,
      boolean initial,
      boolean moved,
      Instant now) {
    this(state, before, changed, initial, moved, null, false, now);
  }
}
