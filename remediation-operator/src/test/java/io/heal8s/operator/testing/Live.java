// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.stream.IntStream;

/** Workloads and pods as an API server returns them. */
public final class Live {

  private Live() {}

  /** A Deployment shop/api of {@code replicas} pods, rolled out, with that memory limit. */
  public static LiveObject deployment(String limit, int replicas) {
    JsonObject json =
        JsonParser.parseString(
                """
                {"apiVersion":"apps/v1","kind":"Deployment",
                 "metadata":{"name":"api","namespace":"shop","uid":"uid-api","generation":2,
                   "resourceVersion":"10","labels":{},"annotations":{}},
                 "spec":{"replicas":%2$d,"selector":{"matchLabels":{"app":"api"}},
                   "template":{"metadata":{"labels":{"app":"api"}},"spec":{"containers":[
                     {"name":"api","image":"api:1","resources":
                       {"limits":{"memory":"%1$s"},"requests":{"memory":"%1$s"}}}]}}},
                 "status":{"observedGeneration":2,"replicas":%2$d,"updatedReplicas":%2$d,
                   "readyReplicas":%2$d,"availableReplicas":%2$d}}
                """
                    .formatted(limit, replicas))
            .getAsJsonObject();
    return new LiveObject(json);
  }

  /** The same with one value replaced; the path in dots, the value as JSON. */
  public static LiveObject with(LiveObject object, String path, String value) {
    JsonObject copy = object.json().deepCopy();
    JsonObject here = copy;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      if (!here.has(keys[i])) {
        here.add(keys[i], new JsonObject());
      }
      here = here.getAsJsonObject(keys[i]);
    }
    here.add(keys[keys.length - 1], JsonParser.parseString(value));
    return new LiveObject(copy);
  }

  /** The same with a mark of another manager. */
  public static LiveObject annotated(LiveObject object, String key, String value) {
    JsonObject copy = object.json().deepCopy();
    copy.getAsJsonObject("metadata").getAsJsonObject("annotations").addProperty(key, value);
    return new LiveObject(copy);
  }

  /** A pod of the Deployment. */
  public static LiveObject pod(String name, boolean ready, int restarts, String readySince) {
    JsonObject json =
        JsonParser.parseString(
                """
                {"apiVersion":"v1","kind":"Pod",
                 "metadata":{"name":"%1$s","namespace":"shop","uid":"uid-%1$s",
                   "creationTimestamp":"2026-03-01T11:00:00Z",
                   "labels":{"app":"api","pod-template-hash":"h1"},
                   "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet",
                     "name":"api-h1","uid":"uid-rs","controller":true}]},
                 "status":{"phase":"Running",
                   "conditions":[{"type":"Ready","status":"%2$s","lastTransitionTime":"%4$s"}],
                   "containerStatuses":[{"name":"api","restartCount":%3$d}]}}
                """
                    .formatted(name, ready ? "True" : "False", restarts, readySince))
            .getAsJsonObject();
    return new LiveObject(json);
  }

  /** A ready pod of the Deployment, running container api, created at that time. */
  public static LiveObject podOf(String name, String created) {
    LiveObject pod = pod(name, true, 0, created);
    return with(
        with(pod, "metadata.creationTimestamp", "\"" + created + "\""),
        "spec",
        "{\"containers\":[{\"name\":\"api\"}]}");
  }

  /** The ReplicaSet of those pods. */
  public static LiveObject replicaSet(int replicas) {
    return new LiveObject(
        JsonParser.parseString(
                """
                {"apiVersion":"apps/v1","kind":"ReplicaSet",
                 "metadata":{"name":"api-h1","namespace":"shop","uid":"uid-rs"},
                 "spec":{"replicas":%d,
                   "selector":{"matchLabels":{"app":"api","pod-template-hash":"h1"}}}}
                """
                    .formatted(replicas))
            .getAsJsonObject());
  }

  /** A TargetApp of shop that selects the pods of the Deployment and has that one action. */
  public static LiveObject app(String action) {
    return new LiveObject(
        JsonParser.parseString(
                """
                {"apiVersion":"operator.kco.local/v1alpha1","kind":"TargetApp",
                 "metadata":{"name":"web","namespace":"shop","uid":"uid-web"},
                 "spec":{"selector":{"matchLabels":{"app":"api"}},"stateQuery":"{health}",
                   "actions":[%s]}}
                """
                    .formatted(action))
            .getAsJsonObject());
  }

  /** That many ready pods. */
  public static List<LiveObject> readyPods(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> pod("api-h1-" + i, true, 0, "2026-03-01T11:00:00Z"))
        .toList();
  }

  /** The admission policy that guards approvals. */
  public static LiveObject guard() {
    JsonObject json = object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy");
    json.getAsJsonObject("spec").addProperty("failurePolicy", "Fail");
    return new LiveObject(json);
  }

  /** Its binding. */
  public static LiveObject guardBinding() {
    JsonObject json = object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding");
    json.getAsJsonObject("spec").addProperty("policyName", "heal8s-approval");
    JsonArray actions = new JsonArray();
    actions.add("Deny");
    json.getAsJsonObject("spec").add("validationActions", actions);
    return new LiveObject(json);
  }

  private static JsonObject object(String apiVersion, String kind) {
    JsonObject json = new JsonObject();
    json.addProperty("apiVersion", apiVersion);
    json.addProperty("kind", kind);
    json.add("metadata", JsonParser.parseString("{\"name\":\"heal8s-approval\"}"));
    json.add("spec", new JsonObject());
    return json;
  }
}
