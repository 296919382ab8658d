// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import io.heal8s.core.effect.ResourceType;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod: a cluster has many, and of most only the labels are ever looked at. The
 * names are those of the API.
 *
 * @param metadata see {@link Meta}
 * @param spec its containers' ports
 * @param status its addresses and conditions
 */
public record PodView(Meta metadata, @Nullable Spec spec, @Nullable Status status) {

  /** Kind of the core group. */
  public static final ResourceType<PodView> TYPE =
      new ResourceType<>(
          "", "v1", "Pod", "pods", true, PodView.class, pod -> pod.metadata().toModel());

  /** Name of the index of pods by one of their labels. */
  public static final String BY_LABEL = "label";

  /**
   * Part of the metadata.
   *
   * @param deletionTimestamp set while the pod is terminating
   */
  public record Meta(
      String name,
      String namespace,
      String uid,
      String resourceVersion,
      @Nullable Map<String, String> labels,
      @Nullable String creationTimestamp,
      @Nullable String deletionTimestamp) {

    V1ObjectMeta toModel() {
      return new V1ObjectMeta()
          .name(name)
          .namespace(namespace)
          .uid(uid)
          .resourceVersion(resourceVersion);
    }
  }

  /** Part of the spec. */
  public record Spec(@Nullable List<Container> containers) {}

  /** Part of a container. */
  public record Container(@Nullable List<Port> ports) {}

  /** A port that a container declares. */
  public record Port(@Nullable String name, @Nullable Integer containerPort) {}

  /** Part of the status. */
  public record Status(
      @Nullable String phase,
      @Nullable String podIP,
      @Nullable List<Ip> podIPs,
      @Nullable List<Condition> conditions) {}

  /** One of the addresses, where there are several. */
  public record Ip(@Nullable String ip) {}

  /** Part of a condition. */
  public record Condition(String type, String status) {}

  /** Values under which the pod is found in {@link #BY_LABEL}. */
  public static List<String> labelKeys(PodView pod) {
    Map<String, String> labels = pod.metadata().labels();
    return labels == null
        ? List.of()
        : labels.entrySet().stream()
            .map(label -> labelKey(pod.metadata().namespace(), label.getKey(), label.getValue()))
            .toList();
  }

  static String labelKey(String namespace, String label, String value) {
    return namespace + ' ' + label + '=' + value;
  }

  boolean hasLabels(Map<String, String> wanted) {
    Map<String, String> labels = metadata.labels();
    return labels != null && labels.entrySet().containsAll(wanted.entrySet());
  }

  /** Whether it takes requests: ready, with an address, and not on its way out. */
  public boolean isServing() {
    return metadata.deletionTimestamp() == null
        && status != null
        && status.podIP() != null
        && !status.podIP().isEmpty()
        && status.conditions() != null
        && status.conditions().stream()
            .anyMatch(
                condition -> condition.type().equals("Ready") && condition.status().equals("True"));
  }

  /** The number of a port by its name, null if no container declares it. */
  @Nullable Integer portNamed(String name) {
    if (spec == null || spec.containers() == null) {
      return null;
    }
    for (Container container : spec.containers()) {
      List<Port> ports = container.ports() == null ? List.of() : container.ports();
      for (Port port : ports) {
        if (name.equals(port.name())) {
          return port.containerPort();
        }
      }
    }
    return null;
  }
}
