// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

/** A schema that cannot be used; the message says why, in words for who wrote it. */
public final class SchemaRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  SchemaRefusedException(String message) {
    super(message);
  }
}
