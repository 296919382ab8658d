// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real API server, with the rights that the chart gives and no others. */
@RealCluster
class KubernetesStoreTest {

  private static final Path CHART = Path.of("..", "charts", "resource-controller");
  private static final Pattern RIGHTS =
      Pattern.compile("(?m)^kind: (ServiceAccount|Role|RoleBinding)$");
  private static final List<String> SECRETS = List.of("named", "other");

  private final TestCluster cluster;
  private final SecretReferences references;

  KubernetesStoreTest(TestCluster cluster) {
    this.cluster = cluster;
    KubernetesStore store =
        new KubernetesStore(
            () -> cluster.asServiceAccount(cluster.namespace(), "heal8s-resource-controller"));
    this.references = new SecretReferences(_ -> null, List.of(), List.of(), List.of(store));
  }

  @BeforeEach
  void installTheRights() {
    String namespace = cluster.namespace();
    String chart =
        HelmChart.of(CHART, Programs.ofThisUser())
            .release("heal8s", namespace)
            .set("database.host", "\"pg\"")
            .set("existingSecret", "\"mine\"")
            .set(
                "kubernetes.secrets",
                "[{\"namespace\":\"%s\",\"names\":[\"named\"]}]".formatted(namespace))
            .render();
    cluster.applyText(
        Arrays.stream(chart.split("(?m)^---$"))
            .filter(document -> RIGHTS.matcher(document).find())
            .collect(Collectors.joining("\n---\n")));
    SECRETS.forEach(
        name ->
            cluster.applyText(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: %s}
                stringData: {password: "of %s"}
                """
                    .formatted(name, namespace, name)));
  }

  private String reference(String rest) {
    return "kubernetes:" + cluster.namespace() + "/" + rest;
  }

  @Test
  void aSecretThatTheChartNamesIsReadAndNoOther() {
    assertThat(references.read(reference("named#password"))).contains("of named");
    assertThat(references.read(reference("named#nothing"))).isEmpty();
    assertThat(references.read(reference("other#password")))
        .as("the Role does not name it")
        .isEmpty();
    assertThat(references.read("kubernetes:kube-system/named#password")).isEmpty();
    assertThat(references.read("kubernetes:../named#password")).isEmpty();
  }

  @Test
  void aSecretThatWasChangedIsReadAnew() {
    assertThat(references.read(reference("named#password"))).contains("of named");
    cluster.applyText(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: named, namespace: %s}
        stringData: {password: rotated}
        """
            .formatted(cluster.namespace()));
    assertThat(references.read(reference("named#password"))).contains("rotated");
  }
}
