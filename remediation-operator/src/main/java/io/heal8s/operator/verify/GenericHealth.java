// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.heal8s.operator.target.LiveObject;
import java.time.Instant;
import java.util.Set;

/** The health of a kind without pods of its own: its conditions, as kstatus reads them. */
final class GenericHealth {

  private static final Set<String> NORMAL_TRUE = Set.of("Ready", "Available");
  private static final Set<String> ABNORMAL_TRUE =
      Set.of("Stalled", "Reconciling", "Failed", "Degraded");

  private GenericHealth() {}

  static Health of(LiveObject live) {
    if (live.at("status.conditions").orElse(null) instanceof JsonArray conditions) {
      for (JsonElement element : conditions) {
        LiveObject condition = new LiveObject(element.getAsJsonObject());
        String type = condition.text("type");
        boolean isTrue = condition.text("status").equals("True");
        if ((NORMAL_TRUE.contains(type) && !isTrue) || (ABNORMAL_TRUE.contains(type) && isTrue)) {
          return new Health.Unhealthy(
              VerifyReason.RolloutIncomplete,
              "condition " + type + " is " + condition.text("status"));
        }
      }
    }
    return new Health.Healthy(0, Instant.EPOCH);
  }
}
