// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.chaos;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of the resources.
 *
 * @param instances processes
 * @param onUnknown what was chosen for dispatches of which nobody knows whether they happened
 * @param kills processes that were killed
 * @param ready resources that are ready
 * @param held resources that failed because nobody knows whether their dispatch happened
 * @param stuck all others
 * @param dispatchedTwice resources whose workflow ran more than once
 * @param neverDispatched resources whose workflow never ran
 * @param inFlight dispatches that were under way in the processes at the moment they were killed
 * @param readyAfterReconcile resources that are ready once a person asked for the held ones again
 */
public record ChaosResult(
    int instances,
    String onUnknown,
    int kills,
    long ready,
    long held,
    long stuck,
    long dispatchedTwice,
    long neverDispatched,
    long inFlight,
    long readyAfterReconcile) {

  /** As one object of the report. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("instances", instances);
    json.put("onUnknown", onUnknown);
    json.put("kills", kills);
    json.put("ready", ready);
    json.put("held", held);
    json.put("stuck", stuck);
    json.put("dispatchedTwice", dispatchedTwice);
    json.put("neverDispatched", neverDispatched);
    json.put("inFlightAtKills", inFlight);
    json.put("readyAfterReconcile", readyAfterReconcile);
    return json;
  }
}
