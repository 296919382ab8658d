// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import java.math.BigDecimal;

/**
 * Upper bound of a value, in the spelling of whoever set it.
 *
 * @param value the bound in base units (bytes, replicas), above 0
 * @param text as it was written, e.g. {@code 2Gi}; used as it is where the cap becomes the value
 * @param source who set it, for people, e.g. {@code spec.action.params.maxMemory}
 */
public record Cap(BigDecimal value, String text, String source) {

  /** The lower of both; this one when they are equal. */
  public Cap lower(Cap other) {
    return other.value.compareTo(value) < 0 ? other : this;
  }
}
