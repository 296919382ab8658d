// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import com.google.gson.JsonObject;
import java.io.IOException;

/**
 * A state that waits until it is needed again, as its text: as a tree it takes ten to forty times
 * the room, for each of many thousand apps.
 */
public final class KeptState {

  // Whatever was read is read again; what is told of each pod is two levels more.
  private static final BoundedJson READER = new BoundedJson(1000);

  // Not bytes: half of a surrogate pair, which JSON may have, would not survive UTF-8.
  private final String text;

  private KeptState(String text) {
    this.text = text;
  }

  /** Keeps a state that was read by this package, or put together of such. */
  public static KeptState of(JsonObject state) {
    return new KeptState(state.toString());
  }

  /** The same state again, as a new tree. */
  public JsonObject open() {
    try {
      return READER.read(text).getAsJsonObject();
    } catch (IOException impossible) {
      throw new IllegalStateException("a kept state cannot be read", impossible);
    }
  }

  /** Characters that are kept. */
  public int length() {
    return text.length();
  }
}
