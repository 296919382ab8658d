// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@RealCluster(apply = "dev/test-kit/src/test/resources/cluster/widget-crd.yaml")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClusterTest {

  private final Set<String> seen = new HashSet<>();
  private final TestCluster ofTheClass;
  private String beforeEach = "";

  RealClusterTest(TestCluster ofTheClass) {
    this.ofTheClass = ofTheClass;
  }

  @BeforeAll
  void theClassHasOneNamespace(TestCluster again) {
    seen.add(again.namespace());
    assertThat(again.namespace()).isEqualTo(ofTheClass.namespace());
  }

  @BeforeEach
  void remember(TestCluster cluster) {
    beforeEach = cluster.namespace();
  }

  @Test
  void aTestHasANamespaceOfItsOwn(TestCluster cluster) throws Exception {
    assertThat(seen.add(cluster.namespace())).as("no other test has it").isTrue();
    assertThat(cluster.namespace())
        .as("what @BeforeEach prepared is where the test looks")
        .isEqualTo(beforeEach);
    new CoreV1Api(cluster.admin()).readNamespace(cluster.namespace()).execute();
  }

  @Test
  void anotherTestHasAnother(TestCluster cluster) throws Exception {
    aTestHasANamespaceOfItsOwn(cluster);
  }

  @Test
  void theManifestsOfTheAnnotationAreThere(TestCluster cluster) throws Exception {
    cluster.applyText("{apiVersion: test.heal8s.io/v1, kind: Widget, metadata: {name: one}}");
    new CustomObjectsApi(cluster.admin())
        .getNamespacedCustomObject("test.heal8s.io", "v1", cluster.namespace(), "widgets", "one")
        .execute();
  }

  @Nested
  class InsideANestedClass {
    @Test
    void theClusterIsTheSame(TestCluster cluster) {
      assertThat(cluster.cluster().server()).isEqualTo(ofTheClass.cluster().server());
      assertThat(cluster.namespace()).isNotEqualTo(ofTheClass.namespace());
    }
  }
}
