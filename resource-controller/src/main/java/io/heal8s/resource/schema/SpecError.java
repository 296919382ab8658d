// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with a spec.
 *
 * @param path dotted, array index as a number, {@code (root)} for the spec itself
 * @param message what is wrong there
 */
public record SpecError(String path, String message) {

  /** The path of the spec itself. */
  public static final String ROOT = "(root)";

  /** All of them in one text, as clients read it. */
  public static String text(List<SpecError> errors) {
    return errors.stream().map(SpecError::toString).collect(Collectors.joining("; "));
  }

  @Override
  public String toString() {
    return path + ": " + message;
  }
}
