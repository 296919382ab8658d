// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AuthenticationV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.openapi.models.V1SelfSubjectReview;
import io.kubernetes.client.openapi.models.V1UserInfo;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterAccessTest {

  private static final String READER =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: reader}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: reader}
      rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: reader}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
      subjects:
      - {kind: ServiceAccount, name: reader, namespace: shop}
      - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: auditors}
      """;

  private LocalCluster cluster;
  private ClusterAccess access;
  private ManifestApplier applier;

  ClusterAccessTest() {
    cluster = LocalCluster.start(ClusterOptions.api(), Programs.ofThisUser());
    access = new ClusterAccess(cluster);
    applier = new ManifestApplier(access.admin(), "test");
  }

  @BeforeAll
  void applyTheReader() {
    assertThat(applier.applyText(READER, "shop")).isEqualTo(4);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void aServiceAccountHasItsOwnRightsAndNoMore() throws Exception {
    ApiClient reader = access.asServiceAccount("shop", "reader");
    assertThat(user(reader).getUsername()).isEqualTo("system:serviceaccount:shop:reader");
    new CoreV1Api(reader).listNamespacedConfigMap("shop").execute();
    assertForbidden(() -> new CoreV1Api(reader).listNamespacedSecret("shop").execute());
    assertForbidden(() -> new CoreV1Api(reader).listNamespacedConfigMap("default").execute());
  }

  @Test
  void aKubeconfigForAProcessIsTheSameIdentity() throws Exception {
    Path file = access.kubeconfigFor("shop", "reader");
    assertThat(file).hasParent(cluster.directory());
    try (var reader = Files.newBufferedReader(file)) {
      KubeConfig kubeconfig = KubeConfig.loadKubeConfig(reader);
      assertThat(kubeconfig.getNamespace()).isEqualTo("shop");
      ApiClient client = ClientBuilder.kubeconfig(kubeconfig).build();
      assertThat(user(client).getUsername()).isEqualTo("system:serviceaccount:shop:reader");
    }
  }

  @Test
  void anotherUserIsPlayedWithItsGroups() throws Exception {
    ApiClient alice = access.asUser("alice", "auditors");
    assertThat(user(alice).getUsername()).isEqualTo("alice");
    assertThat(user(alice).getGroups()).contains("auditors", "system:authenticated");
    new CoreV1Api(alice).listNamespacedConfigMap("shop").execute();
    assertForbidden(
        () -> new CoreV1Api(access.asUser("bob")).listNamespacedConfigMap("shop").execute());
  }

  @Test
  void anUnknownAccountIsNamed() {
    assertThatThrownBy(() -> access.asServiceAccount("shop", "nobody"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("shop/nobody")
        .hasMessageContaining("not found");
  }

  @Test
  void objectsOfACrdInTheSameFolderWaitForTheCrd(@TempDir Path folder) throws Exception {
    // Named so that the object comes before its CRD.
    Files.writeString(
        folder.resolve("a-object.yaml"),
        """
        apiVersion: test.heal8s.io/v1
        kind: Widget
        metadata: {name: one}
        spec: {mode: 0644}
        """);
    Files.writeString(
        folder.resolve("b-crd.yml"),
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.test.heal8s.io}
        spec:
          group: test.heal8s.io
          names: {kind: Widget, plural: widgets}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties: {spec: {type: object, properties: {mode: {type: integer}}}}
        """);
    Files.writeString(folder.resolve("notes.txt"), "not a manifest");

    assertThat(applier.apply(folder, "shop")).isEqualTo(2);

    Object widget =
        new CustomObjectsApi(access.admin())
            .getNamespacedCustomObject("test.heal8s.io", "v1", "shop", "widgets", "one")
            .execute();
    assertThat(widget.toString()).as("0644 is octal to Kubernetes").contains("mode=420");
  }

  @Test
  void aRefusalTellsWhatTheApiServerSaid() {
    ManifestApplier reader = new ManifestApplier(access.asServiceAccount("shop", "reader"), "test");
    assertThatThrownBy(() -> reader.applyText(READER, "shop"))
        .isInstanceOfSatisfying(
            ManifestRefusedException.class, e -> assertThat(e.code()).isEqualTo(403))
        .hasMessageContaining("namespaces \\\"shop\\\" is forbidden");
  }

  private static V1UserInfo user(ApiClient client) throws ApiException {
    var review =
        new AuthenticationV1Api(client)
            .createSelfSubjectReview(new V1SelfSubjectReview())
            .execute();
    return requireNonNull(requireNonNull(review.getStatus()).getUserInfo());
  }

  private static void assertForbidden(ThrowingCallable call) {
    assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.getCode()).isEqualTo(403));
  }

  private interface ThrowingCallable {
    void call() throws Exception;
  }
}
