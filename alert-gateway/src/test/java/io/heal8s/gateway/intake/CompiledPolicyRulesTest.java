// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.gateway.intent.AlertIntent;
import io.heal8s.gateway.intent.SkipReason;
import io.heal8s.gateway.routing.AlertRouter;
import io.heal8s.gateway.routing.AlertSnapshot;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompiledPolicyRulesTest {

  private final Map<String, RemediationPolicy> policies = new HashMap<>();
  private boolean synced = true;
  private final CompiledPolicyRules rules =
      new CompiledPolicyRules(
          new PolicyStore() {
            @Override
            public boolean synced() {
              return synced;
            }

            @Override
            public boolean serves(String namespace) {
              return !namespace.equals("foreign");
            }

            @Override
            public @Nullable RemediationPolicy find(String namespace) {
              return policies.get(namespace);
            }
          },
          "heal8s-system");

  @Test
  void areEmptyUntilEverythingWasRead() {
    synced = false;
    assertThat(rules.of("shop")).isEmpty();
  }

  @Test
  void withoutAnyPolicyTheBuiltInRoutesHold() {
    assertThat(action("shop")).isEqualTo(ActionType.IncreaseMemory);
  }

  @Test
  void theNamespacesRoutesComeFirstThenTheClusters() {
    policies.put("heal8s-system", policy(ActionType.ScaleUp));
    assertThat(action("shop")).isEqualTo(ActionType.ScaleUp);
    policies.put("shop", policy(ActionType.RestartPods));
    assertThat(action("shop")).isEqualTo(ActionType.RestartPods);
    assertThat(action("other")).isEqualTo(ActionType.ScaleUp);
  }

  @Test
  void aChangeCountsFromTheNextAlertOn() {
    policies.put("shop", policy(ActionType.RestartPods));
    assertThat(action("shop")).isEqualTo(ActionType.RestartPods);
    policies.put("shop", policy(ActionType.Notify));
    assertThat(action("shop")).isEqualTo(ActionType.Notify);
    policies.remove("shop");
    assertThat(action("shop")).isEqualTo(ActionType.IncreaseMemory);
    policies.put("heal8s-system", policy(ActionType.ScaleTo));
    assertThat(action("shop")).isEqualTo(ActionType.ScaleTo);
  }

  @Test
  void theSuitesOwnPolicyIsNotMergedWithItself() {
    policies.put("heal8s-system", policy(ActionType.ScaleUp));
    assertThat(rules.of("heal8s-system")).isEqualTo(rules.of("other"));
  }

  @Test
  void aNamespaceWithoutOurRightsIsLeftAlone() {
    AlertIntent intent =
        new AlertRouter()
            .route(
                new AlertSnapshot(
                    IntakeFixture.firing("web"), rules.of("foreign").orElseThrow(), null));
    assertThat(intent)
        .isInstanceOfSatisfying(
            AlertIntent.Skip.class,
            skip -> assertThat(skip.reason()).isEqualTo(SkipReason.NamespaceNotServed));
  }

  @Test
  void anAlertDoesNotCompileAnything() {
    policies.put("heal8s-system", policy(ActionType.ScaleUp));
    assertThat(rules.of("a").orElseThrow()).isSameAs(rules.of("b").orElseThrow());
  }

  private @Nullable ActionType action(String namespace) {
    AlertIntent intent =
        new AlertRouter()
            .route(
                new AlertSnapshot(
                    IntakeFixture.firing("web"), rules.of(namespace).orElseThrow(), null));
    return ((AlertIntent.CreateRemediation) intent).spec().action().type();
  }

  private static RemediationPolicy policy(ActionType type) {
    Route route = new Route("KubePod*", null, null, ActionSpec.of(type, Map.of()), null, null);
    return new RemediationPolicy(
        null,
        null,
        new V1ObjectMeta().name("default"),
        new RemediationPolicySpec(
            List.of(route),
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
            null),
        null);
  }
}
