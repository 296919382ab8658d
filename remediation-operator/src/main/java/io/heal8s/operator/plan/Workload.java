// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.operator.target.LiveObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object with a pod template that may be changed: a Deployment, StatefulSet, DaemonSet or
 * CronJob. A ReplicaSet or Job has a template too, but a change of it reaches no pod.
 *
 * @param live the object
 * @param template path of its pod template
 */
public record Workload(LiveObject live, String template) {

  /** The object as a workload, empty when its kind has no template that can be changed. */
  public static Optional<Workload> of(LiveObject live) {
    return switch (live.apiVersion() + "/" + live.kind()) {
      case "apps/v1/Deployment", "apps/v1/StatefulSet", "apps/v1/DaemonSet" ->
          Optional.of(new Workload(live, "spec.template"));
      case "batch/v1/CronJob" -> Optional.of(new Workload(live, "spec.jobTemplate.spec.template"));
      default -> Optional.empty();
    };
  }

  /** {@code Kind namespace/name}, for people. */
  public static String show(LiveObject live) {
    return live.kind() + " " + live.namespace() + "/" + live.name();
  }

  /** {@code Kind namespace/name}, for people. */
  public String show() {
    return show(live);
  }

  /** Names of the containers of the template, in order, init containers not among them. */
  public List<String> containers() {
    List<String> names = new ArrayList<>();
    JsonElement list = live.at(template + ".spec.containers").orElseGet(JsonArray::new);
    if (list instanceof JsonArray containers) {
      for (JsonElement container : containers) {
        if (container instanceof JsonObject fields) {
          names.add(new LiveObject(fields).text("name"));
        }
      }
    }
    return names;
  }

  /** Path of a field of a container of the template. */
  public String containerField(String container, String field) {
    return template + ".spec.containers[name=" + container + "]." + field;
  }

  /** Text of a field of a container of the template, empty when it is absent. */
  public Optional<String> containerValue(String container, String field) {
    return Optional.of(live.text(containerField(container, field))).filter(text -> !text.isEmpty());
  }

  /** Why a changed template would not reach the pods, empty when it would. */
  public Optional<String> rolloutBlocked() {
    if (live.text("spec.paused").equals("true")) {
      return Optional.of(
          show() + " is paused, so no change reaches its pods; run kubectl rollout resume");
    }
    if (live.text("spec.updateStrategy.type").equals("OnDelete")) {
      return Optional.of(
          show()
              + " has spec.updateStrategy.type OnDelete, so no change reaches its pods before"
              + " they are deleted by hand; set RollingUpdate, or change it by hand");
    }
    return Optional.empty();
  }
}
