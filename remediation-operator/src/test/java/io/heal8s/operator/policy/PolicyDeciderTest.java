// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.heal8s.core.api.Condition;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicyStatus;
import io.heal8s.operator.testing.Rem;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDeciderTest {

  private final PolicyDecider decider = new PolicyDecider();

  private static RemediationPolicy policy(
      String name, String spec, @Nullable RemediationPolicyStatus status) {
    V1ObjectMeta metadata = new V1ObjectMeta().name(name).namespace("shop").generation(3L);
    return new RemediationPolicy(
        RemediationPolicy.API_VERSION,
        RemediationPolicy.KIND,
        metadata,
        new Gson().fromJson(spec, RemediationPolicySpec.class),
        status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "default | {}                          | True  | Honoured",
        "other   | {}                          | False | NotDefault",
        "default | {\"freeze\":[{\"a\":1}]}    | False | NotSupportedYet",
        "default | {\"cooldown\":\"soon\"}     | False | InvalidValue",
      })
  void saysWhetherItIsHonoured(String name, String spec, Condition.Status ready, String reason) {
    var decision = decider.decide(new PolicySnapshot(policy(name, spec, null)), Rem.T0);

    RemediationPolicyStatus status = decision.intents().getFirst().status();
    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(Objects.requireNonNull(status.conditions()))
        .extracting(Condition::type, Condition::status, Condition::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Ready", ready, reason),
            org.assertj.core.groups.Tuple.tuple(
                "Stalled",
                ready == Condition.Status.True ? Condition.Status.False : Condition.Status.True,
                reason));
  }

  @Test
  void whatIsSaidAlreadyIsNotWrittenAgain() {
    var first = decider.decide(new PolicySnapshot(policy("default", "{}", null)), Rem.T0);
    RemediationPolicyStatus said = first.intents().getFirst().status();

    var second =
        decider.decide(new PolicySnapshot(policy("default", "{}", said)), Rem.T0.plusSeconds(60));

    assertThat(second.intents()).isEmpty();
  }
}
