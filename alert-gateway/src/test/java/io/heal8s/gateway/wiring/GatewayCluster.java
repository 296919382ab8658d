// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.effect.WireJson;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.heal8s.dev.controlplane.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real API server with the charts of heal8s on it, and what tests ask it. */
final class GatewayCluster {

  static final String SYSTEM = "heal8s-system";
  static final String ACCOUNT = "heal8s-alert-gateway";

  private static final Path CHARTS = Path.of("../charts").toAbsolutePath().normalize();

  private static final ResourceType<JsonObject> NAMESPACES =
      ResourceType.untyped("", "v1", "Namespace", "namespaces", false);
  private static final ResourceType<JsonObject> DEFINITIONS =
      ResourceType.untyped(
          "apiextensions.k8s.io",
          "v1",
          "CustomResourceDefinition",
          "customresourcedefinitions",
          false);

  private final ClusterAccess access;
  private final KubernetesApi admin;

  GatewayCluster(Cluster cluster) {
    this.access = new ClusterAccess(cluster);
    this.admin = new KubernetesApi(access.admin(), Duration.ofSeconds(20));
  }

  /** The charts of the definitions and of the gateway, as {@code helm install} would send them. */
  GatewayCluster install() {
    apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + SYSTEM + "}}", SYSTEM);
    installDefinitions();
    return installService();
  }

  void installDefinitions() {
    apply(chart("crds"), SYSTEM);
  }

  GatewayCluster installService() {
    apply(chart("alert-gateway"), SYSTEM);
    return this;
  }

  /** The rights that the chart gives the gateway, as a kubeconfig. */
  Path kubeconfig() {
    return access.kubeconfigFor(SYSTEM, ACCOUNT);
  }

  ClusterAccess access() {
    return access;
  }

  KubernetesApi admin() {
    return admin;
  }

  void apply(String yaml, String namespace) {
    new ManifestApplier(access.admin(), "test").applyText(yaml, namespace);
  }

  void createNamespace(String name) {
    apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}", SYSTEM);
  }

  /** There is no controller here that would finish it, so it stays Terminating. */
  void deleteNamespace(String name) {
    new KubernetesWriter(admin, "test")
        .delete(NAMESPACES, ObjectKey.cluster(name), Precondition.NONE)
        .orThrow();
  }

  void deleteDefinition(String name) {
    new KubernetesWriter(admin, "test")
        .delete(DEFINITIONS, ObjectKey.cluster(name), Precondition.NONE)
        .orThrow();
  }

  /** All Remediations of a namespace. */
  List<Remediation> stored(String namespace) {
    return list(Selector.namespace(namespace));
  }

  /** The Remediations of a deployment. */
  List<Remediation> stored(String namespace, String deployment) {
    return list(
        Selector.namespace(namespace).withLabels(Annotations.LABEL_TARGET + "=" + deployment));
  }

  private List<Remediation> list(Selector selector) {
    return new KubernetesReader(admin).list(ServedKinds.REMEDIATIONS, selector).orThrow();
  }

  /** Writes status as the operator would. */
  void setStatus(Remediation remediation, String json) {
    Map<?, ?> status = WireJson.GSON.fromJson(json, Map.class);
    new ServerSideApplier(admin, "test-operator")
        .applyStatus(
            ServedKinds.REMEDIATIONS,
            ObjectKey.of(remediation.getMetadata()),
            Precondition.NONE,
            status)
        .orThrow();
  }

  /** What the quota controller, which does not run here, would have written. */
  void setQuotaStatus(String namespace, String name, String resource, int hard) {
    Map<String, String> counts = Map.of(resource, Integer.toString(hard));
    new ServerSideApplier(admin, "test-quota")
        .applyStatus(
            ResourceType.untyped("", "v1", "ResourceQuota", "resourcequotas", true),
            new ObjectKey(namespace, name),
            Precondition.NONE,
            Map.of("hard", counts, "used", counts))
        .orThrow();
  }

  private static String chart(String name) {
    return HelmChart.of(CHARTS.resolve(name), Programs.ofThisUser()).render();
  }
}
