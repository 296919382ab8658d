// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import io.heal8s.resource.access.Caller;
import org.jspecify.annotations.Nullable;

/** Who sends a request. */
@FunctionalInterface
public interface Authentication {

  /** Lets everybody in as administrator; only where that was asked for by name. */
  Authentication NONE = header -> new Result.Known(Caller.ANYBODY);

  /** Judges the value of the Authorization header; null for none. Blocks. */
  Result judge(@Nullable String header);

  /** Who it is. */
  sealed interface Result {
    record Known(Caller caller) implements Result {}

    /** Nobody we know, and why. */
    record Unknown(String message) implements Result {}
  }
}
