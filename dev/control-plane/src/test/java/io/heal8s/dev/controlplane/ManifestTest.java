// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {

  @Test
  void documentsAreCutAtTheirMarkersAndKeepTheirText() {
    String yaml =
        """
        # a comment of the file
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: a, namespace: shop}
        data:
          text: |
            ---
            not a marker: it is indented
        --- # the next one
        apiVersion: v1
        kind: Secret
        metadata:
          name: b
        ---
        """;
    assertThat(Manifest.parse(yaml, "test"))
        .as("comment-only and empty documents are nothing")
        .extracting(Manifest::kind, Manifest::name, Manifest::namespace)
        .containsExactly(tuple("ConfigMap", "a", "shop"), tuple("Secret", "b", ""));
    assertThat(Manifest.parse(yaml, "test").getFirst().body())
        .contains("    ---\n    not a marker: it is indented");
  }

  @Test
  void theItemsOfAListAreObjectsOfTheirOwn() {
    String yaml =
        """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
        - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
        """;
    assertThat(Manifest.parse(yaml, "test")).extracting(Manifest::name).containsExactly("a", "b");
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "just text           | no Kubernetes object  | a scalar has no kind",
        "{kind: ConfigMap}   | no Kubernetes object  | without apiVersion it has no address",
        "{apiVersion: v1, kind: Pod, metadata: {generateName: x}} | a Pod without metadata.name"
            + " | server-side apply needs a name",
      })
  void whatIsNoObjectIsRefusedByName(String yaml, String message, String because) {
    assertThatThrownBy(() -> Manifest.parse(yaml, "shop.yaml"))
        .as(because)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shop.yaml")
        .hasMessageContaining(message);
  }
}
