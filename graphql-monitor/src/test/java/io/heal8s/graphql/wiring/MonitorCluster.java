// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.heal8s.dev.controlplane.Programs;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A real API server with the charts of heal8s on it, and what tests ask it. */
final class MonitorCluster {

  static final String SYSTEM = "heal8s-system";
  static final String ACCOUNT = "heal8s-graphql-monitor";

  private static final Path CHARTS = Path.of("../charts").toAbsolutePath().normalize();
  private static final ResourceType<JsonObject> EVENTS =
      ResourceType.untyped("events.k8s.io", "v1", "Event", "events", true);
  private static final ResourceType<JsonObject> ACCOUNTS =
      ResourceType.untyped("", "v1", "ServiceAccount", "serviceaccounts", true);

  private final ClusterAccess access;
  private final KubernetesApi admin;
  private final String namespace;
  private @Nullable Path kubeconfig;

  MonitorCluster(Cluster cluster, String namespace) {
    this.access = new ClusterAccess(cluster);
    this.admin = new KubernetesApi(access.admin(), Duration.ofSeconds(20));
    this.namespace = namespace;
  }

  /**
   * The charts of the definitions and of the monitor, as {@code helm install} would send them; once
   * for each cluster, whoever comes first.
   */
  MonitorCluster install() {
    ObjectKey account = new ObjectKey(SYSTEM, ACCOUNT);
    if (new KubernetesReader(admin).get(ACCOUNTS, account).orThrow().isPresent()) {
      return this;
    }
    apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + SYSTEM + "}}", SYSTEM);
    apply(chart("crds"), SYSTEM);
    apply(chart("graphql-monitor"), SYSTEM);
    return this;
  }

  /** What {@link #install} does without the definitions. */
  MonitorCluster installService() {
    apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + SYSTEM + "}}", SYSTEM);
    apply(chart("graphql-monitor"), SYSTEM);
    return this;
  }

  /** One definition of the chart, as it stands there. */
  void installDefinition(String plural) throws IOException {
    apply(Files.readString(CHARTS.resolve("crds").resolve(plural + ".yaml")), SYSTEM);
  }

  /** Gives an account of the suite's namespace the rights of the monitor. */
  void installRightsOf(String account) {
    apply(
        HelmChart.of(CHARTS.resolve("graphql-monitor"), Programs.ofThisUser())
            .release(account, SYSTEM)
            .set("serviceAccount.create", "false")
            .set("serviceAccount.name", "\"" + account + "\"")
            .render(),
        SYSTEM);
  }

  /**
   * The rights that the chart gives with the GraphQL interface on, in this test's namespace: those
   * of the release above stay as they are everywhere else.
   */
  void installApiRights() {
    apply(
        HelmChart.of(CHARTS.resolve("graphql-monitor"), Programs.ofThisUser())
            .release("api-" + namespace, SYSTEM)
            .set("api.enabled", "true")
            .set("api.auth.modes", "[\"none\"]")
            .set("rbac.namespaces", "[\"" + namespace + "\"]")
            .set("serviceAccount.create", "false")
            .set("serviceAccount.name", "\"" + ACCOUNT + "\"")
            .render(),
        SYSTEM);
  }

  /**
   * A release of its own of which callers show tokens of the cluster: that takes a ClusterRole.
   *
   * @param user who may call
   * @return the account that the chart gives the rights to
   */
  String installReviewing(String user) {
    String account = "monitor-" + namespace;
    apply(
        HelmChart.of(CHARTS.resolve("graphql-monitor"), Programs.ofThisUser())
            .release("review-" + namespace, SYSTEM)
            .set("api.enabled", "true")
            .set("api.auth.modes", "[\"token-review\"]")
            .set("api.auth.tokenReview.users", "[\"" + user + "\"]")
            .set("serviceAccount.name", "\"" + account + "\"")
            .render(),
        SYSTEM);
    return account;
  }

  /** A token of an account of the test's namespace. */
  String token(String account, String audience) throws ApiException {
    AuthenticationV1TokenRequest request =
        new AuthenticationV1TokenRequest()
            .spec(new V1TokenRequestSpec().audiences(List.of(audience)).expirationSeconds(600L));
    var answer =
        new CoreV1Api(access.admin())
            .createNamespacedServiceAccountToken(account, namespace, request)
            .execute();
    return Objects.requireNonNull(answer.getStatus()).getToken();
  }

  void createNamespace() {
    apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}", "");
  }

  /** Long enough for a machine that has other things to do. */
  static ConditionFactory patience() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  String namespace() {
    return namespace;
  }

  /** Made once: it is there also while the API server is away. */
  Path kubeconfig() {
    Path made = kubeconfig == null ? kubeconfigOf(ACCOUNT) : kubeconfig;
    kubeconfig = made;
    return made;
  }

  /** With the rights of that account of the suite's namespace. */
  Path kubeconfigOf(String account) {
    return access.kubeconfigFor(SYSTEM, account);
  }

  /** The monitor's own client, with exactly the rights of its chart. */
  ApiClient asMonitor() {
    return access.asServiceAccount(SYSTEM, ACCOUNT);
  }

  KubernetesApi admin() {
    return admin;
  }

  void apply(String yaml, String where) {
    new ManifestApplier(access.admin(), "test").applyText(yaml, where);
  }

  void apply(String yaml) {
    apply(yaml, namespace);
  }

  void delete(ResourceType<?> type, String name) {
    new KubernetesWriter(admin, "test")
        .delete(type, new ObjectKey(namespace, name), Precondition.NONE)
        .orThrow();
  }

  /** Ends what a test asked for. */
  void deleteApps() {
    new KubernetesReader(admin)
        .list(ServedKinds.TARGET_APPS, Selector.namespace(namespace))
        .orThrow()
        .forEach(
            app -> delete(ServedKinds.TARGET_APPS, String.valueOf(app.getMetadata().getName())));
  }

  /** A TargetApp with an absolute URL that restarts pods when its health is bad. */
  void createUrlApp(String name, String url) {
    createApp(
        name,
        """
        graphqlEndpoint: %s
        actions:
        - trigger: {field: health, condition: equals, value: bad}
          action: restart_pod
          parameters: {podSelector: {app: shop}}
        """
            .formatted(url));
  }

  void createApp(String name, String spec) {
    apply(
        """
        apiVersion: operator.kco.local/v1alpha1
        kind: TargetApp
        metadata:
          name: %s
        spec:
          stateQuery: "{health}"
          timeout: 3
          maxRetries: 0
        %s
        """
            .formatted(name, spec.indent(2)));
  }

  TargetApp app(String name) {
    return new KubernetesReader(admin)
        .get(ServedKinds.TARGET_APPS, new ObjectKey(namespace, name))
        .orThrow()
        .orElseThrow();
  }

  TargetAppStatus status(String name) {
    return app(name).statusOrEmpty();
  }

  boolean exists(String name) {
    return new KubernetesReader(admin)
        .get(ServedKinds.TARGET_APPS, new ObjectKey(namespace, name))
        .orThrow()
        .isPresent();
  }

  List<Remediation> remediations() {
    return new KubernetesReader(admin)
        .list(ServedKinds.REMEDIATIONS, Selector.namespace(namespace))
        .orThrow();
  }

  List<V1Lease> leases() {
    return new KubernetesReader(admin)
        .list(ServedKinds.LEASES, Selector.namespace(SYSTEM))
        .orThrow();
  }

  /** {@code type reason message} of every Event about a TargetApp, with its uid. */
  List<String> events(String name) {
    String uid = app(name).getMetadata().getUid();
    return new KubernetesReader(admin)
        .list(EVENTS, Selector.namespace(namespace)).orThrow().stream()
            .filter(
                event -> event.getAsJsonObject("regarding").get("uid").getAsString().equals(uid))
            .map(
                event ->
                    event.get("type").getAsString()
                        + " "
                        + event.get("reason").getAsString()
                        + " "
                        + event.get("note").getAsString())
            .toList();
  }

  private static String chart(String name) {
    return HelmChart.of(CHARTS.resolve(name), Programs.ofThisUser())
        .release("heal8s", SYSTEM)
        .render();
  }
}
