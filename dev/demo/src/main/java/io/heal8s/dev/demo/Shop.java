// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The small shop of the demo as it runs on the cluster. */
final class Shop {

  static final String NAMESPACE = "shop";
  static final String DEPLOYMENT = "shop-api";
  static final String CONTAINER = "api";

  private static final String SELECTOR = "app=" + DEPLOYMENT;

  private final ApiClient admin;

  Shop(ApiClient admin) {
    this.admin = admin;
  }

  /** A whole cluster on which the shop's pods run out of memory below what they need. */
  static Cluster startCluster(Path folder) {
    Path stage = folder.resolve("out-of-memory-stage.yaml");
    try {
      Files.createDirectories(folder);
      Files.writeString(stage, resource("out-of-memory-stage.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Cluster.start(ClusterOptions.full().withKwokStages(stage));
  }

  /** The manifest as it lies in git at first: two documents, with comments. */
  static String manifest() {
    return resource("shop.yaml");
  }

  /** The shop's namespace. */
  static String namespace() {
    return """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: %s
        """
        .formatted(NAMESPACE);
  }

  /** Pods that are ready now. */
  long readyPods() {
    return pods(pod -> conditions(pod).stream().anyMatch(Shop::ready));
  }

  /** Pods whose last end was for want of memory. */
  long podsOutOfMemory() {
    return pods(pod -> statuses(pod).stream().anyMatch(Shop::outOfMemory));
  }

  /** Name of any pod of the shop, as an alert would carry it. */
  String anyPod() {
    return Objects.requireNonNull(
        Objects.requireNonNull(list().getFirst().getMetadata()).getName());
  }

  private static boolean ready(V1PodCondition condition) {
    return condition.getType().equals("Ready") && condition.getStatus().equals("True");
  }

  private static List<V1PodCondition> conditions(V1Pod pod) {
    V1PodStatus status = pod.getStatus();
    List<V1PodCondition> conditions = status == null ? null : status.getConditions();
    return conditions == null ? List.of() : conditions;
  }

  private static boolean outOfMemory(V1ContainerStatus status) {
    return status.getLastState() != null
        && status.getLastState().getTerminated() != null
        && "OOMKilled".equals(status.getLastState().getTerminated().getReason());
  }

  private static List<V1ContainerStatus> statuses(V1Pod pod) {
    List<V1ContainerStatus> statuses =
        pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
    return statuses == null ? List.of() : statuses;
  }

  private long pods(Predicate<V1Pod> wanted) {
    return list().stream()
        .filter(pod -> Objects.requireNonNull(pod.getMetadata()).getDeletionTimestamp() == null)
        .filter(wanted)
        .count();
  }

  private List<V1Pod> list() {
    try {
      return new CoreV1Api(admin)
          .listNamespacedPod(NAMESPACE)
          .labelSelector(SELECTOR)
          .execute()
          .getItems();
    } catch (ApiException e) {
      throw new IllegalStateException("cannot list the shop's pods: " + e.getResponseBody(), e);
    }
  }

  static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Shop.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
