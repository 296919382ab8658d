// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.rollbackimage;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.target.LiveObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One revision of a workload's template: a ReplicaSet of a Deployment, a ControllerRevision of a
 * StatefulSet or DaemonSet.
 *
 * @param number grows with every change; going back to an earlier template gives that one a new
 *     number
 * @param name name of the object that keeps it
 * @param created when this template was seen for the first time
 * @param images image by container name
 */
record Revision(long number, String name, Instant created, Map<String, String> images) {

  static Revision ofReplicaSet(LiveObject replicaSet) {
    String number = replicaSet.text("metadata.annotations[\"deployment.kubernetes.io/revision\"]");
    return new Revision(
        number(number),
        replicaSet.name(),
        Timestamps.created(replicaSet),
        images(replicaSet, "spec.template.spec.containers"));
  }

  static Revision ofControllerRevision(LiveObject revision) {
    return new Revision(
        number(revision.text("revision")),
        revision.name(),
        Timestamps.created(revision),
        images(revision, "data.spec.template.spec.containers"));
  }

  static Map<String, String> images(LiveObject object, String containers) {
    Map<String, String> images = new LinkedHashMap<>();
    if (object.at(containers).orElseGet(JsonArray::new) instanceof JsonArray list) {
      for (JsonElement container : list) {
        if (container instanceof JsonObject fields) {
          LiveObject one = new LiveObject(fields);
          images.put(one.text("name"), one.text("image"));
        }
      }
    }
    return images;
  }

  /** The revision's pods carry this label value, or its tail behind the workload's name. */
  boolean made(String podHash, String workload) {
    return name.equals(podHash) || name.equals(workload + "-" + podHash);
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
