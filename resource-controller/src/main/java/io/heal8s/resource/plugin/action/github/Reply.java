// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** What became of a call of the API. */
sealed interface Reply {

  /** An answer of the 2xx. */
  record Ok(int status, JsonNode body) implements Reply {}

  /** The API said no; nothing was done. */
  record Refused(int status, String message) implements Reply {}

  /** Too many calls; nothing was done. */
  record Limited(Duration pause, String message) implements Reply {}

  /** It could not be asked; nothing was done. */
  record NotSent(String message) implements Reply {}

  /** It was asked, and whether it did anything is not known. */
  record Unsure(String message) implements Reply {}

  /** Why there is no answer of the 2xx; empty for one. */
  default String why() {
    return switch (this) {
      case Ok _ -> "";
      case Refused refused -> refused.message();
      case Limited limited -> limited.message();
      case NotSent none -> none.message();
      case Unsure unsure -> unsure.message();
    };
  }
}
