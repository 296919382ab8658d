// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.intent;

import com.google.gson.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one process knows of an application beside what is recorded; losing it loses no edge.
 *
 * @param state the last state, never changed by anybody; null before the first poll of this process
 * @param digest of that state; null before the first poll of this process
 * @param events how many events were told since the last write of the status
 * @param writtenAt when this process last wrote the status; null for never
 */
public record Memory(
    @Nullable JsonObject state, @Nullable String digest, long events, @Nullable Instant writtenAt) {

  /** Of a process that has just started. */
  public static final Memory NONE = new Memory(null, null, 0, null);
}
