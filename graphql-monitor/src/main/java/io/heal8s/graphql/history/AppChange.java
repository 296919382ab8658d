// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of an application, small enough to keep many.
 *
 * @param kind what happened
 * @param at when it was seen
 * @param sequence number of the last recorded change, 0 before the first; what is not worth a write
 *     at once has the number of the change before it
 * @param fields what changed, {@value #MOST_FIELDS} at most
 * @param moreFields how many more fields changed
 * @param reason CamelCase word, why the state is not known; null when it is
 * @param message sentence for people, why the state or a part of it is not known; null when it is
 * @param remediations names of the Remediations that it asks for
 */
public record AppChange(
    Kind kind,
    Instant at,
    long sequence,
    List<Field> fields,
    int moreFields,
    @Nullable String reason,
    @Nullable String message,
    List<String> remediations) {

  /** Most fields that are kept of one change. */
  static final int MOST_FIELDS = 20;

  /** What happened. */
  public enum Kind {
    /** The first state, or the first that answers another query. */
    INITIAL,
    /** Fields of the state changed. */
    CHANGED,
    /** Nothing changed, and a trigger fired because it held long enough. */
    FIRED,
    /** The state is not known any more, or for another reason. */
    FAILED,
    /** It is known again; fields may have changed meanwhile. */
    RECOVERED,
    /** The object came. */
    ADDED,
    /** The object is gone; one that comes later under its name is another one. */
    DELETED
  }

  /**
   * A field that is not what it was.
   *
   * @param path as Events and triggers spell it
   * @param before as JSON; null when it was not there, is not known or is long
   * @param after as JSON; null when it is gone, is not known or is long
   */
  public record Field(String path, @Nullable String before, @Nullable String after) {}

  /** Something that happened to the object and not to its state. */
  public static AppChange of(Kind kind, Instant at, long sequence) {
    return new AppChange(kind, at, sequence, List.of(), 0, null, null, List.of());
  }

  public AppChange {
    fields = List.copyOf(fields);
    remediations = List.copyOf(remediations);
  }
}
