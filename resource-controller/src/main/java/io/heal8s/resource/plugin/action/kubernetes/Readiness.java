// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether an object is what it was meant to be; by the rules of kstatus. Pure. */
sealed interface Readiness {

  /** It is. */
  record Ready() implements Readiness {}

  /** Not yet. */
  record Waiting(String why) implements Readiness {}

  /** It will not be without a change. */
  record Broken(String why) implements Readiness {}

  /** Judges an object as the server has it. */
  static Readiness of(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    JsonNode status = object.path("status");
    if (metadata.has("deletionTimestamp")) {
      return new Waiting("is being deleted");
    }
    long generation = metadata.path("generation").longValue(0);
    if (status.has("observedGeneration")
        && status.path("observedGeneration").longValue(0) < generation) {
      return new Waiting("its controller has not seen it yet");
    }
    return switch (object.path("kind").asString("")) {
      case "Deployment" -> deployment(object, status);
      case "StatefulSet" ->
          counted(
              object.path("spec").path("replicas").intValue(1),
              status.path("updatedReplicas").intValue(0),
              status.path("readyReplicas").intValue(0));
      case "DaemonSet" ->
          status.has("observedGeneration")
              ? counted(
                  status.path("desiredNumberScheduled").intValue(0),
                  status.path("updatedNumberScheduled").intValue(0),
                  status.path("numberReady").intValue(0))
              : new Waiting("its controller has not seen it yet");
      case "Job" -> job(status);
      case "Pod" -> pod(status);
      case "PersistentVolumeClaim" -> phase(status, "Bound");
      case "Namespace" -> phase(status, "Active");
      case "CustomResourceDefinition" -> condition(status, "Established", true);
      default -> condition(status, "Ready", false);
    };
  }

  private static Readiness deployment(JsonNode object, JsonNode status) {
    if (find(status, "Progressing")
        .filter(each -> each.path("reason").asString("").equals("ProgressDeadlineExceeded"))
        .isPresent()) {
      return new Broken("its rollout exceeded the progress deadline");
    }
    if (!status.has("observedGeneration")) {
      return new Waiting("its controller has not seen it yet");
    }
    int wanted = object.path("spec").path("replicas").intValue(1);
    int old = status.path("replicas").intValue(0) - status.path("updatedReplicas").intValue(0);
    return old > 0
        ? new Waiting("%d old pods are left".formatted(old))
        : counted(
            wanted,
            status.path("updatedReplicas").intValue(0),
            status.path("availableReplicas").intValue(0));
  }

  private static Readiness counted(int wanted, int updated, int ready) {
    return updated >= wanted && ready >= wanted
        ? new Ready()
        : new Waiting("%d of %d ready".formatted(Math.min(updated, ready), wanted));
  }

  private static Readiness job(JsonNode status) {
    Optional<JsonNode> failed = find(status, "Failed").filter(Readiness::isTrue);
    if (failed.isPresent()) {
      return new Broken("failed: " + failed.get().path("message").asString(""));
    }
    return find(status, "Complete").filter(Readiness::isTrue).isPresent()
        ? new Ready()
        : new Waiting("is not complete");
  }

  private static Readiness pod(JsonNode status) {
    return switch (status.path("phase").asString("")) {
      case "Succeeded" -> new Ready();
      case "Failed" -> new Broken("failed: " + status.path("message").asString(""));
      default -> condition(status, "Ready", true);
    };
  }

  private static Readiness phase(JsonNode status, String wanted) {
    String phase = status.path("phase").asString("");
    return phase.equals(wanted)
        ? new Ready()
        : new Waiting("is " + (phase.isEmpty() ? "new" : phase));
  }

  private static Readiness condition(JsonNode status, String type, boolean required) {
    Optional<JsonNode> found = find(status, type);
    if (found.isEmpty()) {
      return required ? new Waiting("is not " + type) : new Ready();
    }
    return isTrue(found.get())
        ? new Ready()
        : new Waiting("is not %s: %s".formatted(type, found.get().path("message").asString("")));
  }

  private static Optional<JsonNode> find(JsonNode status, String type) {
    return status
        .path("conditions")
        .valueStream()
        .filter(each -> each.path("type").asString("").equals(type))
        .findFirst();
  }

  private static boolean isTrue(JsonNode condition) {
    return condition.path("status").asString("").equals("True");
  }
}
