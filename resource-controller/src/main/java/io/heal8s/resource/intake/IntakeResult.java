// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.model.Resource;

/** What became of a wish. */
public sealed interface IntakeResult {

  /** It is stored. */
  record Stored(Resource resource, Kind kind) implements IntakeResult {}

  /** It is not. */
  record Refused(Reason reason, String message) implements IntakeResult {}

  /** How it was stored. */
  enum Kind {
    CREATED,
    UPDATED,
    /** It was as wanted already; nothing was written. */
    UNCHANGED
  }

  /** Why it was not stored. */
  enum Reason {
    /** Something about it is wrong. */
    INVALID,
    /** The caller may not, or admission does not let it. */
    DENIED,
    NOT_FOUND,
    /** Its type is not there in that version. */
    NO_TYPE,
    /** Another resource has that name. */
    NAME_TAKEN,
    /** Somebody changed it since it was read. */
    STALE,
    /** It is on its way out. */
    BEING_DELETED
  }

  /** Refuses. */
  static Refused refused(Reason reason, String message) {
    return new Refused(reason, message);
  }
}
