// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.notify;

import java.time.Instant;

/**
 * Something that people should know.
 *
 * @param kind what
 * @param resourceId of which resource
 * @param name its name
 * @param typeName name of its type
 * @param typeVersion version of its type
 * @param message what the resource says of itself: why it failed, or that it succeeded
 * @param at when
 */
public record Notice(
    Kind kind,
    long resourceId,
    String name,
    String typeName,
    String typeVersion,
    String message,
    Instant at) {

  /** What happened. */
  public enum Kind {
    /** It fails, or fails for another reason than before. */
    FAILED,
    /** It failed and is well again. */
    RECOVERED
  }

  /** One line for people. */
  public String line() {
    String who = "%s/%s %s".formatted(typeName, typeVersion, name);
    String why = message.lines().findFirst().orElse("");
    return switch (kind) {
      case FAILED -> who + " failed: " + why;
      case RECOVERED -> who + " is ready again";
    };
  }
}
