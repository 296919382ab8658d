// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How far an apply, a destroy or a cancel has come. */
public sealed interface Step {

  /**
   * It is done.
   *
   * @param changes what changed in the world
   * @param outputs replaces the stored outputs, an object; null keeps them
   * @param output text for the history
   */
  record Done(Changes changes, @Nullable JsonNode outputs, String output) implements Step {}

  /**
   * Something outside works on it. The handle is stored, no slot is held while it is waited for,
   * and any process may ask next.
   *
   * @param handle all that {@link ActionPlugin#poll} needs to find it again; JSON without secrets,
   *     at most 64 KiB
   * @param pollAfter when to ask
   * @param message for the status; null keeps it
   */
  record Running(JsonNode handle, Duration pollAfter, @Nullable String message) implements Step {
    public Running {
      Objects.requireNonNull(handle);
    }
  }

  /**
   * It failed. Tried again with growing pauses.
   *
   * @param message what went wrong and what to change, for a person; no secrets
   * @param output text for the history; empty for none
   * @param notBefore shortest time until the next try, such as the end of a rate limit; null for
   *     none
   */
  record Failed(String message, String output, @Nullable Duration notBefore) implements Step {
    /** A failure without output. */
    public static Failed because(String message) {
      return new Failed(message, "", null);
    }
  }

  /**
   * Nothing was done: the other side wants no more for now, as with a limit of requests. No
   * failure; the same is asked again.
   *
   * @param pause shortest time until then
   * @param message what is waited for, for a person; the same words for the same wait
   */
  record Later(Duration pause, String message) implements Step {}

  /**
   * It was dispatched, or perhaps not, and the other side does not say. Never guessed: the resource
   * is held for a person or dispatched again, as {@code onUnknown} says.
   *
   * @param message what is unsure, for a person
   * @param dispatched whether the other side certainly took it, and only what became of it is
   *     unsure: then it is held whatever {@code onUnknown} says, for a second one would run beside
   *     it
   */
  record Unknown(String message, boolean dispatched) implements Step {
    /** Not even the dispatch is sure. */
    public Unknown(String message) {
      this(message, false);
    }
  }

  /**
   * What changed in the world.
   *
   * @param created things made
   * @param updated things changed
   * @param deleted things removed
   */
  record Changes(int created, int updated, int deleted) {
    public static final Changes NONE = new Changes(0, 0, 0);
  }
}
