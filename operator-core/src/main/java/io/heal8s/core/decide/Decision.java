// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.util.List;

/**
 * What a {@link Decider} wants.
 *
 * @param intents effects, in order; empty when there is nothing to do
 * @param outcome when to look again
 * @param events what people should be told once the intents are done
 */
public record Decision<I extends Intent>(
    List<I> intents, Outcome outcome, List<Announcement> events) {

  public Decision {
    intents = List.copyOf(intents);
    events = List.copyOf(events);
  }

  /** A decision without effects and events. */
  public static <I extends Intent> Decision<I> nothing(Outcome outcome) {
    return new Decision<>(List.of(), outcome, List.of());
  }

  /** A decision of one effect and no events. */
  public static <I extends Intent> Decision<I> of(I intent, Outcome outcome) {
    return new Decision<>(List.of(intent), outcome, List.of());
  }
}
