// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.state;

/**
 * How far a state is; a saved plan fits one position only.
 *
 * @param lineage identity of the state; empty where there is none yet
 * @param serial rises with every change of it
 * @param objects how many entries it has
 */
public record StatePosition(String lineage, long serial, int objects) {

  /** Nothing was ever stored. */
  public static final StatePosition NONE = new StatePosition("", 0, 0);
}
