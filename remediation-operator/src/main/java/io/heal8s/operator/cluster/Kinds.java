// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import com.google.gson.JsonObject;
import io.heal8s.core.effect.ResourceType;
import java.util.Map;
import java.util.Optional;

/** The kinds that the operator may read or change, all of which its chart gives it rights on. */
final class Kinds {

  private record Resource(String plural, boolean namespaced) {}

  private static final Map<String, Resource> RESOURCES =
      Map.ofEntries(
          Map.entry("v1/Pod", new Resource("pods", true)),
          // Changed only as an account of their namespace; Services are read for webhooks as well.
          Map.entry("v1/Service", new Resource("services", true)),
          Map.entry("v1/ConfigMap", new Resource("configmaps", true)),
          Map.entry("v1/Secret", new Resource("secrets", true)),
          Map.entry("v1/Namespace", new Resource("namespaces", false)),
          Map.entry("operator.kco.local/v1alpha1/TargetApp", new Resource("targetapps", true)),
          Map.entry("apps/v1/Deployment", new Resource("deployments", true)),
          Map.entry("apps/v1/StatefulSet", new Resource("statefulsets", true)),
          Map.entry("apps/v1/DaemonSet", new Resource("daemonsets", true)),
          Map.entry("apps/v1/ReplicaSet", new Resource("replicasets", true)),
          Map.entry("apps/v1/ControllerRevision", new Resource("controllerrevisions", true)),
          Map.entry("batch/v1/Job", new Resource("jobs", true)),
          Map.entry("batch/v1/CronJob", new Resource("cronjobs", true)),
          Map.entry(
              "autoscaling/v2/HorizontalPodAutoscaler",
              new Resource("horizontalpodautoscalers", true)),
          Map.entry(
              "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy",
              new Resource("validatingadmissionpolicies", false)),
          Map.entry(
              "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding",
              new Resource("validatingadmissionpolicybindings", false)));

  private Kinds() {}

  /** The type of a kind; empty when the operator does not know it. */
  static Optional<ResourceType<JsonObject>> find(String apiVersion, String kind) {
    Resource resource = RESOURCES.get(apiVersion + "/" + kind);
    if (resource == null) {
      return Optional.empty();
    }
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String version = apiVersion.substring(slash + 1);
    return Optional.of(
        ResourceType.untyped(group, version, kind, resource.plural(), resource.namespaced()));
  }
}
