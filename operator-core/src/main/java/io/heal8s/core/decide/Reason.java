// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

/**
 * A CamelCase word that machines and people read in conditions, events and metrics. Each feature
 * declares its reasons as an enum that implements this, beside the decision that uses them.
 */
public interface Reason {

  /** The word: {@code [A-Z][A-Za-z0-9]*}, part of the API. */
  String name();
}
