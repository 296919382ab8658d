// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.rollbackimage;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.plan.WorkloadPods;
import io.heal8s.operator.target.LiveObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Which containers crash, as their pods' statuses tell it. */
final class Crash {

  private static final Set<String> CANNOT_RUN =
      Set.of(
          "CrashLoopBackOff",
          "ImagePullBackOff",
          "ErrImagePull",
          "InvalidImageName",
          "RunContainerError",
          "CreateContainerError");

  /** Between two crashes a container runs for a while and looks well. */
  private static final Duration RECENT = Duration.ofMinutes(10);

  private Crash() {}

  /**
   * Names of the containers that crash in any of the pods.
   *
   * @param asked when the repair was asked for; a container that runs again is counted when it
   *     ended badly no longer than ten minutes before that, or later
   */
  static Set<String> containers(WorkloadPods pods, Instant asked) {
    Set<String> crashing = new TreeSet<>();
    for (LiveObject pod : pods.pods()) {
      if (pod.at("status.containerStatuses").orElseGet(JsonArray::new) instanceof JsonArray list) {
        for (JsonElement status : list) {
          if (status instanceof JsonObject fields && crashes(new LiveObject(fields), asked)) {
            crashing.add(new LiveObject(fields).text("name"));
          }
        }
      }
    }
    return crashing;
  }

  private static boolean crashes(LiveObject status, Instant asked) {
    if (CANNOT_RUN.contains(status.text("state.waiting.reason"))) {
      return true;
    }
    if (status.at("state.terminated").isPresent()) {
      return endedBadly(status, "state");
    }
    boolean restarted = !Set.of("", "0").contains(status.text("restartCount"));
    boolean recent =
        Timestamps.at(status, "lastState.terminated.finishedAt")
            .map(ended -> !ended.isBefore(asked.minus(RECENT)))
            .orElse(false);
    return restarted
        && endedBadly(status, "lastState")
        && (recent || !status.text("ready").equals("true"));
  }

  private static boolean endedBadly(LiveObject status, String state) {
    String code = status.text(state + ".terminated.exitCode");
    return !code.isEmpty() && !code.equals("0");
  }
}
