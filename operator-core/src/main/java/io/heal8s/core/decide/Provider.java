// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

/**
 * One of several implementations of a port, found by its id. An unknown id is Stalled, never a
 * default; a duplicate id fails the start.
 */
public interface Provider {

  /** The id, as the CRD enum and settings spell it. */
  String id();
}
