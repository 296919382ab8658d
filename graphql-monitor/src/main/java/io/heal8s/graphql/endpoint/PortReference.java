// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import org.jspecify.annotations.Nullable;

/** A port by number or by name. */
public sealed interface PortReference {

  /** A number from 1 to 65535. */
  record Number(int number) implements PortReference {}

  /** A name that a container or a Service declares. */
  record Name(String name) implements PortReference {}

  /** Reads an int-or-string of the API; null stays null. */
  static @Nullable PortReference of(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    return text.matches("[0-9]{1,5}") ? new Number(Integer.parseInt(text)) : new Name(text);
  }
}
