// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.conversion;

/** A rule cannot be used, or gave nothing for this spec; the message says which and why. */
public final class ConversionException extends Exception {
  private static final long serialVersionUID = 1L;

  ConversionException(String message) {
    super(message, null, false, false);
  }
}
