// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store;

/** Lets one process at a time do a thing. */
@FunctionalInterface
public interface Turns {

  /**
   * Does the work if nobody is at it. A process that dies lets go.
   *
   * @param name of the work, the same in all processes
   * @return whether it was done
   * @throws StoreUnavailableException when nobody can tell whose turn it is
   */
  boolean take(String name, Runnable work);
}
