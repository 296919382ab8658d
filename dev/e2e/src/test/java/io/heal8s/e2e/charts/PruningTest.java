// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicyStatus;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import org.junit.jupiter.api.Test;

/** A field that the schema forgot would be dropped without a word. */
@RealCluster(
    apply = {
      "charts/crds/remediations.yaml",
      "charts/crds/remediationpolicies.yaml",
      "charts/crds/targetapps.yaml"
    })
class PruningTest {
  @Test
  void everyFieldOfARemediationIsKept(TestCluster cluster) {
    JsonObject spec = FullObject.of(RemediationSpec.class);
    // They exclude each other, so one action has one of them and the next action the other.
    spec.getAsJsonObject("action").remove("argumentsFrom");
    spec.getAsJsonArray("escalate").get(0).getAsJsonObject().remove("arguments");
    // Whose names these are, other tests' policies would ask.
    spec.remove("serviceAccountName");
    Doc sent =
        Samples.remediation(cluster.namespace(), "full")
            .with("spec", spec)
            .with("spec.target.namespace", cluster.namespace());
    Api creator = Charts.almighty(cluster, Charts.DETECTOR);

    assertKept(creator, sent, FullObject.of(RemediationStatus.class));
  }

  @Test
  void theAccountOfARemediationIsKept(TestCluster cluster) {
    Doc sent =
        Samples.remediation(cluster.namespace(), "account")
            .with("spec.serviceAccountName", "runner");

    assertKept(new Api(cluster.admin()), sent, new JsonObject());
  }

  @Test
  void everyFieldOfAPolicyIsKept(TestCluster cluster) {
    JsonObject spec = FullObject.of(RemediationPolicySpec.class);
    JsonObject route = spec.getAsJsonArray("routes").get(0).getAsJsonObject();
    route.getAsJsonObject("action").remove("argumentsFrom");
    route.getAsJsonArray("escalate").get(0).getAsJsonObject().remove("arguments");
    Doc sent =
        Doc.yaml("{apiVersion: heal8s.io/v1alpha1, kind: RemediationPolicy}")
            .with("metadata", Doc.map("name", "default", "namespace", cluster.namespace()))
            .with("spec", spec);

    assertKept(new Api(cluster.admin()), sent, FullObject.of(RemediationPolicyStatus.class));
  }

  @Test
  void everyFieldOfATargetAppIsKept(TestCluster cluster) {
    JsonObject spec = FullObject.of(TargetAppSpec.class);
    spec.addProperty("pollingInterval", 5);
    spec.getAsJsonArray("headers").get(0).getAsJsonObject().remove("value");
    JsonObject subscription = spec.getAsJsonObject("subscription");
    subscription.getAsJsonArray("connectionInit").get(0).getAsJsonObject().remove("value");
    Doc sent =
        Doc.yaml("{apiVersion: operator.kco.local/v1alpha1, kind: TargetApp}")
            .with("metadata", Doc.map("name", "full", "namespace", cluster.namespace()))
            .with("spec", spec);

    assertKept(new Api(cluster.admin()), sent, FullObject.of(TargetAppStatus.class));
  }

  private static void assertKept(Api api, Doc sent, JsonObject status) {
    new Answer.Assertion(api.create(sent)).isAccepted();
    new Answer.Assertion(api.applyStatus(sent, "all", status.toString())).isAccepted();
    JsonObject kept = api.get(sent).body();

    assertHolds("spec", kept.get("spec"), sent.json().get("spec"));
    assertHolds("status", kept.get("status"), status);
  }

  /** What was kept may hold more, by defaults, and nothing less. */
  private static void assertHolds(String path, JsonElement kept, JsonElement sent) {
    switch (sent) {
      case JsonObject object ->
          object
              .entrySet()
              .forEach(
                  entry -> {
                    String here = path + "." + entry.getKey();
                    assertThat(kept).as(here).isInstanceOf(JsonObject.class);
                    JsonElement there = kept.getAsJsonObject().get(entry.getKey());
                    assertHolds(here, there == null ? JsonNull.INSTANCE : there, entry.getValue());
                  });
      case JsonArray array -> {
        assertThat(kept).as(path).isInstanceOf(JsonArray.class);
        assertThat(kept.getAsJsonArray().size()).as(path).isEqualTo(array.size());
        for (int i = 0; i < array.size(); i++) {
          assertHolds(path + "[" + i + "]", kept.getAsJsonArray().get(i), array.get(i));
        }
      }
      default -> assertThat(kept).as(path).isEqualTo(sent);
    }
  }
}
