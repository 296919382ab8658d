// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Requests that were given a key, and their answers, for a day. Blocks; safe for many threads. */
public interface IdempotencyStore {

  /** Writes the key down, or says what became of it before. */
  Begun begin(String owner, String key, String fingerprint);

  /** Writes the answer down. */
  void finish(String owner, String key, Outcome outcome);

  /** Lets the next try begin at once; whether anything was done is not known. */
  void letGo(String owner, String key);

  /**
   * Nothing was done: the key is as if it had never been used, unless somebody took the request
   * over meanwhile.
   */
  void forget(String owner, String key);

  /**
   * An answer.
   *
   * @param status HTTP status
   * @param body JSON text
   * @param location header, null for none
   * @param entityTag header, null for none
   */
  record Outcome(int status, String body, @Nullable String location, @Nullable String entityTag) {}

  /** What is known of a key. */
  sealed interface Begun {
    record First() implements Begun {}

    record Finished(Outcome outcome) implements Begun {}

    /** Another thread or process is at it. */
    record Running() implements Begun {}

    /** Begun so long ago that whoever did is gone; taken over. */
    record Unfinished(Instant since) implements Begun {}

    /** Used for another request. */
    record Different() implements Begun {}
  }
}
