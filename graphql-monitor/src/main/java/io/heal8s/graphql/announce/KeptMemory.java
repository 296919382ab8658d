// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.graphql.exchange.KeptState;
import io.heal8s.graphql.intent.Memory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one process knows of an application between two observations.
 *
 * @param state as {@link Memory#state}, and the other parts as there
 */
record KeptMemory(
    @Nullable KeptState state, @Nullable String digest, long events, @Nullable Instant writtenAt) {

  static final KeptMemory NONE = of(Memory.NONE);

  static KeptMemory of(Memory memory) {
    return new KeptMemory(
        memory.state() == null ? null : KeptState.of(memory.state()),
        memory.digest(),
        memory.events(),
        memory.writtenAt());
  }

  Memory open() {
    return new Memory(state == null ? null : state.open(), digest, events, writtenAt);
  }
}
