// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonPatchTest {

  @Test
  void stepsKeepTheirOrderAndTestsOfAPreconditionComeFirst() {
    JsonPatch patch =
        JsonPatch.testing(new Precondition("u", "7"))
            .then(JsonPatch.EMPTY.test("/spec/replicas", 2).replace("/spec/replicas", 3));

    assertThat(patch.toJson())
        .isEqualTo(
            "[{\"op\":\"test\",\"path\":\"/metadata/uid\",\"value\":\"u\"},"
                + "{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"7\"},"
                + "{\"op\":\"test\",\"path\":\"/spec/replicas\",\"value\":2},"
                + "{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":3}]");
  }

  @Test
  void removeHasNoValueAndTestMayAskForNull() {
    assertThat(JsonPatch.EMPTY.remove("/a").test("/b", null).toJson())
        .isEqualTo(
            "[{\"op\":\"remove\",\"path\":\"/a\"},{\"op\":\"test\",\"path\":\"/b\",\"value\":null}]");
  }

  @Test
  void pointerEscapesWhatSeparates() {
    assertThat(JsonPatch.pointer("metadata", "annotations", "heal8s.io/a~b", 0))
        .isEqualTo("/metadata/annotations/heal8s.io~1a~0b/0");
  }

  @Test
  void buildingOnAPatchDoesNotChangeIt() {
    JsonPatch base = JsonPatch.EMPTY.add("/a", List.of(1));
    base.remove("/b");

    assertThat(base.toJson()).isEqualTo("[{\"op\":\"add\",\"path\":\"/a\",\"value\":[1]}]");
  }

  @Test
  void pathsOfObjectsAreThoseOfTheServerAndCannotBeEscaped() {
    var pods = ResourceType.untyped("", "v1", "Pod", "pods", true);
    var deployments = ResourceType.untyped("apps", "v1", "Deployment", "deployments", true);
    var nodes = ResourceType.untyped("", "v1", "Node", "nodes", false);

    assertThat(pods.path(new ObjectKey("ns", "a"))).isEqualTo("/api/v1/namespaces/ns/pods/a");
    assertThat(deployments.collectionPath(null)).isEqualTo("/apis/apps/v1/deployments");
    assertThat(nodes.path(ObjectKey.cluster("n"))).isEqualTo("/api/v1/nodes/n");
    assertThat(pods.path(new ObjectKey("ns", "../secrets/x")))
        .isEqualTo("/api/v1/namespaces/ns/pods/..%2Fsecrets%2Fx");
    assertThat(pods.path(new ObjectKey("..", "."))).isEqualTo("/api/v1/namespaces/%2E%2E/pods/%2E");
    assertThatIllegalArgumentException()
        .as("because the path of a collection is not that of an object")
        .isThrownBy(() -> pods.path(ObjectKey.cluster("a")));
  }
}
