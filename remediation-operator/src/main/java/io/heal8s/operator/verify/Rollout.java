// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.verify;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.verify.Health.Unhealthy;
import java.util.Optional;

/**
 * Whether a rollout is complete, by the fields that {@code kubectl rollout status} looks at; here
 * also that no pod of an old revision is left.
 */
final class Rollout {

  private Rollout() {}

  static Optional<Unhealthy> problem(LiveObject live) {
    if (number(live, "status.observedGeneration", 0) < live.generation()) {
      return hasStatus(live) ? incomplete("its controller has not seen the change yet") : none();
    }
    return switch (live.apiVersion() + "/" + live.kind()) {
      case "apps/v1/Deployment" -> deployment(live);
      case "apps/v1/StatefulSet" -> statefulSet(live);
      case "apps/v1/DaemonSet" -> daemonSet(live);
      default -> none();
    };
  }

  // Kinds that report no observedGeneration at all (autoscaling/v2 fills it in, CronJob never does)
  // cannot be waited for by it.
  private static boolean hasStatus(LiveObject live) {
    return live.at("status.observedGeneration").isPresent() || isWorkload(live);
  }

  private static boolean isWorkload(LiveObject live) {
    return live.apiVersion().equals("apps/v1");
  }

  private static Optional<Unhealthy> deployment(LiveObject live) {
    if (progressDeadlineExceeded(live)) {
      return Optional.of(
          new Unhealthy(VerifyReason.RolloutFailed, "the rollout exceeded its progress deadline"));
    }
    long wanted = number(live, "spec.replicas", 1);
    long updated = number(live, "status.updatedReplicas", 0);
    if (wanted == 0) {
      return noPods();
    }
    if (updated < wanted || number(live, "status.replicas", 0) > updated) {
      return incomplete("the rollout replaces pods");
    }
    return number(live, "status.availableReplicas", 0) < updated
        ? incomplete("the rollout waits for pods to become available")
        : none();
  }

  private static Optional<Unhealthy> statefulSet(LiveObject live) {
    long wanted = number(live, "spec.replicas", 1);
    if (wanted == 0) {
      return noPods();
    }
    boolean onDelete = live.text("spec.updateStrategy.type").equals("OnDelete");
    long partition = number(live, "spec.updateStrategy.rollingUpdate.partition", 0);
    boolean replaced =
        live.text("status.currentRevision").equals(live.text("status.updateRevision"))
            || (partition > 0 && number(live, "status.updatedReplicas", 0) >= wanted - partition);
    if (!replaced) {
      return incomplete(
          onDelete
              ? "updateStrategy OnDelete: pods take the change when somebody deletes them"
              : "the rollout replaces pods");
    }
    return number(live, "status.availableReplicas", 0) < wanted
        ? incomplete("the rollout waits for pods to become available")
        : none();
  }

  private static Optional<Unhealthy> daemonSet(LiveObject live) {
    long wanted = number(live, "status.desiredNumberScheduled", 0);
    if (wanted == 0) {
      return noPods();
    }
    if (number(live, "status.updatedNumberScheduled", 0) < wanted) {
      return incomplete(
          live.text("spec.updateStrategy.type").equals("OnDelete")
              ? "updateStrategy OnDelete: pods take the change when somebody deletes them"
              : "the rollout replaces pods");
    }
    return number(live, "status.numberAvailable", 0) < wanted
        ? incomplete("the rollout waits for pods to become available")
        : none();
  }

  private static boolean progressDeadlineExceeded(LiveObject live) {
    if (!(live.at("status.conditions").orElse(null) instanceof JsonArray conditions)) {
      return false;
    }
    for (JsonElement element : conditions) {
      LiveObject condition = new LiveObject(element.getAsJsonObject());
      if (condition.text("type").equals("Progressing")
          && condition.text("reason").equals("ProgressDeadlineExceeded")) {
        return true;
      }
    }
    return false;
  }

  private static long number(LiveObject live, String path, long unset) {
    JsonElement element = live.at(path).orElse(null);
    return element instanceof JsonPrimitive number && number.isNumber()
        ? number.getAsLong()
        : unset;
  }

  private static Optional<Unhealthy> incomplete(String message) {
    return Optional.of(new Unhealthy(VerifyReason.RolloutIncomplete, message));
  }

  private static Optional<Unhealthy> noPods() {
    return Optional.of(
        new Unhealthy(VerifyReason.NoPods, "it is scaled to zero, so nothing can be observed"));
  }

  private static Optional<Unhealthy> none() {
    return Optional.empty();
  }
}
