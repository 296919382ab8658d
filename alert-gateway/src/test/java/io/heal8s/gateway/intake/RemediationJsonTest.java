// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.core.effect.WireJson;
import io.heal8s.gateway.intent.AlertIntent.CreateRemediation;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.IncomingAlert.Status;
import io.heal8s.gateway.routing.AlertRouter;
import io.heal8s.gateway.routing.AlertSnapshot;
import io.heal8s.gateway.routing.NamespaceRules;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RemediationJsonTest {

  @Property
  void whatIsWrittenIsWhatTheRecordsSay(
      @ForAll String alertName, @ForAll String payload, @ForAll String environment) {
    IncomingAlert alert =
        new IncomingAlert(
            "grafana",
            Status.Firing,
            Map.of(
                "alertname", "A" + alertName,
                "namespace", "shop",
                "pod", "web-1",
                "container", "app",
                "environment", environment),
            "f",
            IntakeFixture.START,
            null,
            new String(payload.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    assertRoundTrip(alert, ActionSpec.of(ActionType.ScaleUp, Map.of("maxReplicas", "10")));
  }

  @Test
  void freeArgumentsAreWrittenAsTheyWereRead() {
    String json =
        """
        {"text":"a","yes":true,"none":null,"whole":3,"part":1.5,"big":1e300,"list":[1,{"x":[]}]}""";
    Map<String, Object> arguments =
        WireJson.GSON.fromJson(
            json, new com.google.gson.reflect.TypeToken<Map<String, Object>>() {});
    IncomingAlert alert = IntakeFixture.firing("web");
    String written =
        assertRoundTrip(alert, new ActionSpec(ActionType.CallWebhook, Map.of(), arguments, null));
    assertThat(written).contains("\"whole\":3,").contains("\"none\":null");
  }

  @Test
  void aReferenceToArgumentsIsKept() {
    ArgumentsFrom from = new ArgumentsFrom("TargetApp", "app", "uid", 2, "0".repeat(64));
    assertRoundTrip(
        IntakeFixture.firing("web"), new ActionSpec(ActionType.CallWebhook, Map.of(), null, from));
  }

  /**
   * A component that somebody adds to the records must be written too, or be left out on purpose:
   * these are all there are.
   */
  @Test
  void noComponentOfTheRecordsIsForgotten() {
    assertThat(components(io.heal8s.core.api.k8shealer.remediation.RemediationSpec.class))
        .containsExactly(
            "alert",
            "detector",
            "target",
            "action",
            "strategy",
            "github",
            "trace",
            "verify",
            "escalate",
            "serviceAccountName");
    assertThat(components(io.heal8s.core.api.k8shealer.remediation.Alert.class))
        .containsExactly(
            "name", "fingerprint", "source", "severity", "alertId", "startsAt", "payload");
    assertThat(components(io.heal8s.core.api.k8shealer.remediation.Target.class))
        .containsExactly("apiVersion", "kind", "name", "namespace", "container");
    assertThat(components(ActionSpec.class))
        .containsExactly("type", "params", "arguments", "argumentsFrom");
    assertThat(components(io.heal8s.core.api.k8shealer.remediation.Strategy.class))
        .containsExactly("mode", "requireApproval", "environment", "ttl");
    assertThat(components(ArgumentsFrom.class))
        .containsExactly("kind", "name", "uid", "actionIndex", "sha256");
  }

  private static List<String> components(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(c -> c.getName()).toList();
  }

  private static String assertRoundTrip(IncomingAlert alert, ActionSpec action) {
    RemediationPolicySpec policy =
        new RemediationPolicySpec(
            List.of(new Route("**", null, null, action, null, List.of(action))),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    CreateRemediation intent =
        (CreateRemediation)
            new AlertRouter()
                .route(
                    new AlertSnapshot(
                        alert,
                        NamespaceRules.of(EffectivePolicy.of(policy, null)),
                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    String json = new String(RemediationJson.write(intent, "rem-x"), StandardCharsets.UTF_8);
    Remediation read = WireJson.GSON.fromJson(json, Remediation.class);
    assertThat(read.spec()).isEqualTo(intent.spec());
    assertThat(read.apiVersion()).isEqualTo("k8shealer.k8s-healer.io/v1alpha1");
    assertThat(read.kind()).isEqualTo("Remediation");
    assertThat(read.getMetadata().getName()).isEqualTo("rem-x");
    assertThat(read.getMetadata().getNamespace()).isEqualTo("shop");
    assertThat(read.getMetadata().getLabels()).isEqualTo(intent.labels());
    return json;
  }
}
