// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

import static io.heal8s.core.decide.policy.PolicySpecs.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PolicyMergePropertiesTest {

  @Property
  void aNamespaceNeverLoosensWhatTheClusterSays(
      @ForAll("specs") RemediationPolicySpec cluster,
      @ForAll("specs") RemediationPolicySpec namespace) {
    EffectivePolicy alone = EffectivePolicy.of(cluster, null);
    EffectivePolicy merged = EffectivePolicy.of(cluster, namespace);
    assertThat(alone.allowedActions()).containsAll(merged.allowedActions());
    assertThat(merged.targetNamespaces()).isEqualTo(alone.targetNamespaces());
    if (cluster.cooldown() != null) {
      assertThat(merged.cooldown()).isGreaterThanOrEqualTo(alone.cooldown());
    }
    if (cluster.budgets() != null) {
      assertThat(merged.budget().perTarget()).isLessThanOrEqualTo(alone.budget().perTarget());
    }
    if (alone.dryRun()) {
      assertThat(merged.dryRun()).isTrue();
    }
    if (!alone.directOnManaged()) {
      assertThat(merged.directOnManaged()).isFalse();
    }
    assertThat(trusted(alone)).containsAll(trusted(merged));
  }

  private static Set<String> trusted(EffectivePolicy policy) {
    return policy.unapproved().stream()
        .flatMap(
            one ->
                (one.actions() == null ? List.of(ActionType.values()) : one.actions())
                    .stream().map(action -> one.detector() + " " + action))
        .collect(Collectors.toSet());
  }

  @Property
  void aPolicyMergedWithItselfIsItself(@ForAll("specs") RemediationPolicySpec spec) {
    EffectivePolicy alone = EffectivePolicy.of(spec, null);
    EffectivePolicy twice = EffectivePolicy.of(spec, spec);
    assertThat(twice.allowedActions()).isEqualTo(alone.allowedActions());
    assertThat(twice.budget()).isEqualTo(alone.budget());
    assertThat(twice.cooldown()).isEqualTo(alone.cooldown());
    assertThat(twice.caps()).isEqualTo(alone.caps());
    assertThat(twice.directOnManaged()).isEqualTo(alone.directOnManaged());
    assertThat(trusted(twice)).isEqualTo(trusted(alone));
  }

  @Provide
  Arbitrary<RemediationPolicySpec> specs() {
    Arbitrary<String> cooldown = Arbitraries.of("", "cooldown: '1m',", "cooldown: '1h',");
    Arbitrary<String> dryRun = Arbitraries.of("", "dryRun: true,", "dryRun: false,");
    Arbitrary<String> budgets =
        Arbitraries.integers()
            .between(0, 9)
            .map(n -> "budgets: {perTarget: " + n + "},")
            .injectNull(0.3)
            .map(text -> text == null ? "" : text);
    Arbitrary<String> unapproved =
        Arbitraries.of(
            "",
            "unapproved: [],",
            "unapproved: [{detector: Alert}],",
            "unapproved: [{detector: Alert, actions: [ScaleUp]}, {detector: TargetApp}],");
    Arbitrary<String> allow =
        Combinators.combine(Arbitraries.of(ActionType.class).list().ofMaxSize(4), unapproved)
            .as(PolicyMergePropertiesTest::allow)
            .injectNull(0.3)
            .map(text -> text == null ? "" : text);
    Arbitrary<String> caps = Arbitraries.of("", "caps: {maxMemory: '1Gi'},", "caps: {m: '3'},");
    Arbitrary<String> managed =
        Arbitraries.of("", "directOnManaged: true,", "directOnManaged: false,");
    return Combinators.combine(cooldown, dryRun, budgets, allow, caps, managed)
        .as(
            (a, b, c, d, e, f) ->
                Objects.requireNonNull(json("{" + a + b + c + d + e + f + "maxAttempts: 3}")));
  }

  private static String allow(List<ActionType> actions, String unapproved) {
    return "allow: {actions: " + actions + ", " + unapproved + " targetNamespaces: ['a']},";
  }
}
