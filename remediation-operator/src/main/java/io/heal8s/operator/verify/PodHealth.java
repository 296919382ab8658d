// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.target.LiveObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The health of the live pods of a complete rollout. */
final class PodHealth {

  private PodHealth() {}

  static Health of(List<LiveObject> pods) {
    int restarts = 0;
    Instant readySince = Instant.EPOCH;
    for (LiveObject pod : pods) {
      Optional<LiveObject> ready = condition(pod, "Ready");
      if (ready.isEmpty() || !ready.get().text("status").equals("True")) {
        return new Health.Unhealthy(
            VerifyReason.PodsNotReady, "pod " + pod.name() + " is not Ready");
      }
      restarts += restarts(pod);
      // Without a transition time nothing is told about breaks; the restarts still do.
      Instant since = Timestamps.at(ready.get(), "lastTransitionTime").orElse(Instant.EPOCH);
      readySince = since.isAfter(readySince) ? since : readySince;
    }
    return pods.isEmpty()
        ? new Health.Unhealthy(VerifyReason.NoPods, "no pod runs")
        : new Health.Healthy(restarts, readySince);
  }

  private static int restarts(LiveObject pod) {
    int sum = 0;
    for (String list : List.of("status.containerStatuses", "status.initContainerStatuses")) {
      if (pod.at(list).orElse(null) instanceof JsonArray statuses) {
        for (JsonElement element : statuses) {
          LiveObject status = new LiveObject(element.getAsJsonObject());
          sum += status.at("restartCount").map(JsonElement::getAsInt).orElse(0);
        }
      }
    }
    return sum;
  }

  private static Optional<LiveObject> condition(LiveObject object, String type) {
    return object
        .at("status.conditions[type=" + type + "]")
        .map(element -> new LiveObject(element.getAsJsonObject()));
  }
}
