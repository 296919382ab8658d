// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

import static io.heal8s.core.api.k8shealer.remediation.ActionType.IncreaseMemory;
import static io.heal8s.core.api.k8shealer.remediation.ActionType.RestartWorkload;
import static io.heal8s.core.api.k8shealer.remediation.ActionType.ScaleUp;
import static io.heal8s.core.decide.policy.PolicySpecs.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.heal8s.remediationpolicy.Allow.Unapproved;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec.OnResolved;
import io.heal8s.core.api.heal8s.remediationpolicy.RepositoryRule;
import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyMergeTest {

  /** Specs are JSON, null for no policy. */
  record Merge(
      @Nullable String cluster,
      @Nullable String namespace,
      Function<EffectivePolicy, @Nullable Object> field,
      @Nullable Object expected,
      String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Merge> merges() {
    return Stream.of(unset(), durations(), limits(), lists()).flatMap(merges -> merges);
  }

  private static Stream<Merge> unset() {
    return Stream.of(
        new Merge(null, null, EffectivePolicy::cooldown, Duration.ofMinutes(10), "cooldown 10m"),
        new Merge(null, null, EffectivePolicy::applyTimeout, Duration.ofHours(1), "apply 1h"),
        new Merge(null, null, EffectivePolicy::rollbackWithin, Duration.ofDays(1), "blame 24h"),
        new Merge(null, null, EffectivePolicy::healthyFor, Duration.ofSeconds(60), "healthy 60s"),
        new Merge(null, null, EffectivePolicy::verifyWindow, Duration.ofMinutes(10), "window 10m"),
        new Merge(null, null, EffectivePolicy::retryAfter, Duration.ofHours(1), "retry 1h"),
        new Merge(null, null, EffectivePolicy::refusalTtl, Duration.ofDays(30), "refusal 30d"),
        new Merge(null, null, EffectivePolicy::ttl, Duration.ofHours(24), "ttl 24h"),
        new Merge(null, null, EffectivePolicy::maxAttempts, 3, "three attempts"),
        new Merge(
            null,
            null,
            EffectivePolicy::budget,
            new EffectivePolicy.Budget(3, 20, null, Duration.ofHours(1)),
            "3 effects per target, 20 per namespace and hour"),
        new Merge(null, null, EffectivePolicy::directOnManaged, false, "managed is left alone"),
        new Merge(null, null, EffectivePolicy::unapproved, List.of(), "nobody acts unasked"),
        new Merge(null, null, EffectivePolicy::targetNamespaces, List.of(), "own namespace only"),
        new Merge(null, null, EffectivePolicy::repositories, List.of(), "no repository is guessed"),
        new Merge(null, null, EffectivePolicy::caps, Map.of(), "no caps"),
        new Merge(null, null, EffectivePolicy::serviceAccountName, null, "no account"),
        new Merge(null, null, EffectivePolicy::onResolved, OnResolved.keep, "requests are kept"),
        new Merge(null, null, EffectivePolicy::dryRun, false, "what is planned is done"),
        new Merge(
            null,
            null,
            EffectivePolicy::allowedActions,
            Set.of(ActionType.values()),
            "all actions"));
  }

  private static Stream<Merge> durations() {
    return Stream.of(
        new Merge("{cooldown: '5m'}", "{}", EffectivePolicy::cooldown, minutes(5), "only one says"),
        new Merge("{}", "{cooldown: '5m'}", EffectivePolicy::cooldown, minutes(5), "only one says"),
        new Merge(
            "{cooldown: '5m'}",
            "{cooldown: '1m'}",
            EffectivePolicy::cooldown,
            minutes(5),
            "a namespace cannot shorten a pause"),
        new Merge(
            "{cooldown: '5m'}",
            "{cooldown: '1h'}",
            EffectivePolicy::cooldown,
            minutes(60),
            "a namespace may lengthen a pause"),
        new Merge(
            "{verify: {window: '5m'}}",
            "{verify: {healthyFor: '90s'}}",
            EffectivePolicy::verifyWindow,
            minutes(5),
            "fields of one block come from both"),
        new Merge(
            "{budgets: {window: '30m'}}",
            "{budgets: {window: '2h'}}",
            policy -> policy.budget().window(),
            minutes(120),
            "a longer window counts more effects"));
  }

  private static Stream<Merge> limits() {
    return Stream.of(
        new Merge(
            "{budgets: {perTarget: 5, perCluster: 100}}",
            "{budgets: {perTarget: 9, perNamespace: 4}}",
            EffectivePolicy::budget,
            new EffectivePolicy.Budget(5, 4, 100, Duration.ofHours(1)),
            "the smaller budget holds, each by itself"),
        new Merge("{maxAttempts: 2}", "{maxAttempts: 7}", EffectivePolicy::maxAttempts, 2, "fewer"),
        new Merge(
            "{caps: {maxMemory: '4Gi', maxReplicas: '10'}}",
            "{caps: {maxMemory: '5000Mi', maxCpu: '2'}}",
            EffectivePolicy::caps,
            Map.of("maxMemory", "4Gi", "maxReplicas", "10", "maxCpu", "2"),
            "the smaller cap holds by value, not by text"),
        new Merge("{dryRun: true}", "{dryRun: false}", EffectivePolicy::dryRun, true, "either"),
        new Merge("{}", "{dryRun: true}", EffectivePolicy::dryRun, true, "one is enough"),
        new Merge(
            "{directOnManaged: true}",
            "{directOnManaged: false}",
            EffectivePolicy::directOnManaged,
            false,
            "both must want it"),
        new Merge(
            "{directOnManaged: false}",
            "{directOnManaged: true}",
            EffectivePolicy::directOnManaged,
            false,
            "a namespace cannot allow it alone"),
        new Merge(
            "{}",
            "{directOnManaged: true}",
            EffectivePolicy::directOnManaged,
            false,
            "a cluster policy that is silent about managed workloads allows nothing there"),
        new Merge(
            null,
            "{directOnManaged: true}",
            EffectivePolicy::directOnManaged,
            true,
            "where there is no cluster policy, the namespace decides about its own workloads"),
        new Merge(
            "{directOnManaged: true}",
            "{}",
            EffectivePolicy::directOnManaged,
            true,
            "a namespace that is silent about managed workloads withdraws nothing"),
        new Merge(
            "{serviceAccountName: a}",
            "{serviceAccountName: b}",
            EffectivePolicy::serviceAccountName,
            "b",
            "an account is of the namespace"),
        new Merge(
            "{onResolved: keep}",
            "{onResolved: close}",
            EffectivePolicy::onResolved,
            OnResolved.close,
            "a matter of taste is the namespace's"));
  }

  private static Stream<Merge> lists() {
    return Stream.of(
        new Merge(
            "{allow: {actions: [IncreaseMemory, ScaleUp]}}",
            "{allow: {actions: [ScaleUp, RestartWorkload]}}",
            EffectivePolicy::allowedActions,
            Set.of(ScaleUp),
            "only what both allow"),
        new Merge(
            "{allow: {actions: [IncreaseMemory, OfTomorrow]}}",
            null,
            EffectivePolicy::allowedActions,
            Set.of(IncreaseMemory),
            "an action of a newer release is not 'all actions'"),
        new Merge(
            "{allow: {actions: []}}",
            null,
            EffectivePolicy::allowedActions,
            Set.of(),
            "an empty list is not an unset one"),
        new Merge(
            "{allow: {targetNamespaces: ['team-*']}}",
            "{allow: {targetNamespaces: ['**']}}",
            EffectivePolicy::targetNamespaces,
            List.of("team-*"),
            "a namespace cannot open somebody else's"),
        new Merge(
            null,
            "{allow: {targetNamespaces: ['**']}}",
            EffectivePolicy::targetNamespaces,
            List.of(),
            "not even without a cluster policy"),
        new Merge(
            "{allow: {unapproved: [{detector: Alert}]}}",
            "{allow: {unapproved: [{detector: Alert, actions: [ScaleUp]}, {detector: Other}]}}",
            EffectivePolicy::unapproved,
            List.of(new Unapproved("Alert", List.of(ScaleUp))),
            "only detectors and actions that both trust"),
        new Merge(
            "{allow: {unapproved: [{detector: Alert, actions: [RestartWorkload]}]}}",
            "{}",
            EffectivePolicy::unapproved,
            List.of(new Unapproved("Alert", List.of(RestartWorkload))),
            "the cluster's trust holds where a namespace is silent"),
        new Merge(
            "{}",
            "{allow: {unapproved: [{detector: TargetApp}]}}",
            EffectivePolicy::unapproved,
            List.of(),
            "a namespace trusts nobody whom the cluster policy does not"),
        new Merge(
            "{allow: {actions: [ScaleUp]}}",
            "{allow: {unapproved: [{detector: TargetApp}]}}",
            EffectivePolicy::unapproved,
            List.of(),
            "a cluster policy that allows actions has not said who needs no approval"),
        new Merge(
            null,
            "{allow: {unapproved: [{detector: TargetApp}]}}",
            EffectivePolicy::unapproved,
            List.of(new Unapproved("TargetApp", null)),
            "where there is no cluster policy, the namespace says whom it trusts"));
  }

  @ParameterizedTest
  @MethodSource("merges")
  void theStricterHolds(Merge merge) {
    EffectivePolicy policy = EffectivePolicy.of(json(merge.cluster()), json(merge.namespace()));
    assertThat(merge.field().apply(policy)).isEqualTo(merge.expected());
    assertThat(policy.problems()).isEmpty();
  }

  @Test
  void withoutAnyRouteTheFourOfTheFirstReleaseHold() {
    assertThat(EffectivePolicy.DEFAULT.routes())
        .extracting(Route::alertName)
        .containsExactly(
            "KubePodOOMKilled", "ContainerOOMKilled", "KubeHpaMaxedOut", "KubePodCrashLooping");
  }

  @Test
  void routesOfTheNamespaceComeFirstAndAnEmptyListMeansNone() {
    String cluster = "{routes: [{alertName: c}]}";
    assertThat(EffectivePolicy.of(json(cluster), json("{routes: [{alertName: n}]}")).routes())
        .extracting(Route::alertName)
        .containsExactly("n", "c");
    assertThat(EffectivePolicy.of(json("{routes: []}"), null).routes()).isEmpty();
  }

  @Test
  void aNamespaceNamesOnlyRepositoriesThatTheClusterHas() {
    String cluster =
        "{repositories: [{forge: github, repository: 'o/a', path: x, pathGlob: 'apps/**'},"
            + " {forge: github, repository: 'o/a', path: y}]}";
    String namespace =
        "{repositories: [{forge: github, repository: 'o/a', path: z},"
            + " {forge: git, repository: 'o/a', path: z}, {forge: github, repository: 'o/b', path: z}]}";
    List<AllowedRepository> allowed =
        EffectivePolicy.of(json(cluster), json(namespace)).repositories();
    assertThat(allowed).hasSize(1);
    assertThat(allowed.getFirst().rule().path()).isEqualTo("z");
    assertThat(allowed.getFirst().limits())
        .extracting(RepositoryRule::path)
        .containsExactly("x", "y");
    assertThat(EffectivePolicy.of(json(cluster), json("{}")).repositories())
        .extracting(one -> one.limits().size())
        .containsExactly(0, 0);
    assertThat(EffectivePolicy.of(null, json(namespace)).repositories()).hasSize(3);
    assertThat(EffectivePolicy.of(json(cluster), json("{repositories: []}")).repositories())
        .isEmpty();
  }

  record Unusable(String spec, String kind, String field, String says, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Unusable> unusable() {
    return Stream.of(
        new Unusable("{stormBreaker: {x: 1}}", "NotSupportedYet", "stormBreaker", "remove it", "1"),
        new Unusable("{freeze: [{x: 1}]}", "NotSupportedYet", "freeze", "remove it", "2"),
        new Unusable("{notify: [{x: 1}]}", "NotSupportedYet", "notify", "remove it", "3"),
        new Unusable(
            "{routes: [{alertName: a}, {alertName: b, escalate: [{type: ScaleUp}]}]}",
            "NotSupportedYet",
            "routes[1].escalate",
            "remove it",
            "an escalation is named by its route"),
        new Unusable("{cooldown: '5 m'}", "InvalidValue", "cooldown", "10m", "no duration"),
        new Unusable("{ttl: ''}", "InvalidValue", "ttl", "24h", "an empty duration is none"),
        new Unusable(
            "{verify: {window: '-1m'}}", "InvalidValue", "verify.window", "10m", "negative time"),
        new Unusable(
            "{caps: {maxMemory: '2GB'}}", "InvalidValue", "caps.maxMemory", "4Gi", "no quantity"),
        new Unusable(
            "{caps: {maxMemory: '1e999999999'}}",
            "InvalidValue",
            "caps.maxMemory",
            "4Gi",
            "a quantity that would take hours to multiply out"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void aPolicyThatCannotBeMetStopsEverythingAndSaysWhy(Unusable example) {
    EffectivePolicy policy = EffectivePolicy.of(json(example.spec()), null);
    assertThat(policy.usable()).isFalse();
    assertThat(policy.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind().name()).isEqualTo(example.kind());
              assertThat(problem.field()).isEqualTo(example.field());
              assertThat(problem.message())
                  .contains("spec." + example.field())
                  .contains(example.says());
            });
    assertThat(EffectivePolicy.of(null, json(example.spec())).problems())
        .isEqualTo(policy.problems());
  }

  @Test
  void anEmptyListOfWhatIsNotSupportedIsNoProblem() {
    assertThat(
            EffectivePolicy.of(json("{freeze: [], notify: [], stormBreaker: {}}"), null).usable())
        .isTrue();
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }
}
