// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;

/**
 * What the demo of the resource controller measured; the last line under {@code --json}.
 *
 * @param state {@code Deleted} when the whole story was told
 * @param resource name of the resource
 * @param runs workflow runs that were dispatched, one for each thing that was wanted
 * @param createToDispatchMs from the request that creates it to a runner having its run
 * @param dispatchToReadyMs from there to the resource seen ready, the run's own time included
 * @param runMs time that each run takes at the runner
 * @param updateToReadyMs from the request that changes it to the resource seen ready, less the time
 *     that the person took to approve
 * @param deleteMs from the request that deletes it to its name being free
 */
record ResourcesReport(
    String state,
    String resource,
    int runs,
    long createToDispatchMs,
    long dispatchToReadyMs,
    long runMs,
    long updateToReadyMs,
    long deleteMs) {

  String json() {
    JsonObject fields = new JsonObject();
    fields.addProperty("state", state);
    fields.addProperty("resource", resource);
    fields.addProperty("runs", runs);
    fields.addProperty("createToDispatchMs", createToDispatchMs);
    fields.addProperty("dispatchToReadyMs", dispatchToReadyMs);
    fields.addProperty("runMs", runMs);
    fields.addProperty("updateToReadyMs", updateToReadyMs);
    fields.addProperty("deleteMs", deleteMs);
    return new GsonBuilder().disableHtmlEscaping().create().toJson(fields);
  }
}
