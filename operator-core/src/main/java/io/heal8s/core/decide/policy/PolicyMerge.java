// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

import static io.heal8s.core.decide.policy.PolicyProblem.Kind.InvalidValue;
import static io.heal8s.core.decide.policy.PolicyProblem.Kind.NotSupportedYet;

import io.heal8s.core.api.heal8s.remediationpolicy.Allow;
import io.heal8s.core.api.heal8s.remediationpolicy.Allow.Unapproved;
import io.heal8s.core.api.heal8s.remediationpolicy.Budgets;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec.OnResolved;
import io.heal8s.core.api.heal8s.remediationpolicy.RepositoryRule;
import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.heal8s.remediationpolicy.VerifyRule;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.decide.DurationText;
import io.heal8s.core.decide.QuantityText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One merge of a cluster's and a namespace's policy. A field that one of them leaves unset does not
 * restrict; where both set it, the stricter holds. Durations take the longer, as a longer pause is
 * the stricter one nearly everywhere. What allows more than no policy does (who acts unasked,
 * whether managed workloads are changed directly, other namespaces) is the cluster policy's to
 * allow where there is one: its silence is a no there, and a namespace can only withdraw.
 */
final class PolicyMerge {

  private final List<RemediationPolicySpec> specs;
  private final @Nullable RemediationPolicySpec cluster;
  private final @Nullable RemediationPolicySpec namespace;
  private final List<PolicyProblem> problems = new ArrayList<>();

  PolicyMerge(@Nullable RemediationPolicySpec cluster, @Nullable RemediationPolicySpec namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.specs =
        Stream.of(Optional.ofNullable(namespace), Optional.ofNullable(cluster))
            .flatMap(Optional::stream)
            .toList();
  }

  EffectivePolicy merge() {
    specs.forEach(this::findUnsupported);
    return new EffectivePolicy(
        routes(),
        repositories(),
        budget(),
        duration("cooldown", RemediationPolicySpec::cooldown, Duration.ofMinutes(10)),
        actions(),
        targetNamespaces(),
        unapproved(),
        caps(),
        first(RemediationPolicySpec::serviceAccountName).orElse(null),
        directOnManaged(),
        duration("applyTimeout", RemediationPolicySpec::applyTimeout, Duration.ofHours(1)),
        duration("rollbackWithin", RemediationPolicySpec::rollbackWithin, Duration.ofHours(24)),
        duration("verify.healthyFor", verify(VerifyRule::healthyFor), Duration.ofSeconds(60)),
        duration("verify.window", verify(VerifyRule::window), Duration.ofMinutes(10)),
        duration("retryAfter", RemediationPolicySpec::retryAfter, Duration.ofHours(1)),
        both(RemediationPolicySpec::maxAttempts, Math::min).orElse(3),
        duration("refusalTtl", RemediationPolicySpec::refusalTtl, Duration.ofDays(30)),
        duration("ttl", RemediationPolicySpec::ttl, Duration.ofHours(24)),
        first(RemediationPolicySpec::onResolved).orElse(OnResolved.keep),
        both(RemediationPolicySpec::dryRun, Boolean::logicalOr).orElse(false),
        List.copyOf(problems));
  }

  private void findUnsupported(RemediationPolicySpec spec) {
    unsupported("stormBreaker", spec.stormBreaker() != null && !spec.stormBreaker().isEmpty());
    unsupported("freeze", spec.freeze() != null && !spec.freeze().isEmpty());
    unsupported("notify", spec.notifiers() != null && !spec.notifiers().isEmpty());
    List<Route> routes = spec.routes() == null ? List.of() : spec.routes();
    for (int i = 0; i < routes.size(); i++) {
      List<?> escalate = routes.get(i).escalate();
      unsupported("routes[" + i + "].escalate", escalate != null && !escalate.isEmpty());
    }
  }

  private void unsupported(String field, boolean set) {
    if (set) {
      problems.add(
          new PolicyProblem(
              NotSupportedYet,
              field,
              "spec." + field + " is not supported yet; remove it, nothing acts while it is set"));
    }
  }

  private List<Route> routes() {
    List<Route> routes =
        specs.stream().map(RemediationPolicySpec::routes).flatMap(PolicyMerge::elements).toList();
    boolean anySet = specs.stream().anyMatch(spec -> spec.routes() != null);
    return anySet ? routes : BuiltInRoutes.ROUTES;
  }

  private List<AllowedRepository> repositories() {
    List<RepositoryRule> outer = cluster == null ? null : cluster.repositories();
    List<RepositoryRule> own = namespace == null ? null : namespace.repositories();
    if (own == null) {
      return elements(outer).map(rule -> new AllowedRepository(rule, List.of())).toList();
    }
    if (outer == null) {
      return own.stream().map(rule -> new AllowedRepository(rule, List.of())).toList();
    }
    return own.stream()
        .map(
            rule ->
                new AllowedRepository(
                    rule, outer.stream().filter(o -> sameRepository(o, rule)).toList()))
        .filter(allowed -> !allowed.limits().isEmpty())
        .toList();
  }

  private static boolean sameRepository(RepositoryRule one, RepositoryRule other) {
    return one.forge().equals(other.forge()) && one.repository().equals(other.repository());
  }

  private EffectivePolicy.Budget budget() {
    return new EffectivePolicy.Budget(
        both(budgets(Budgets::perTarget), Math::min).orElse(3),
        both(budgets(Budgets::perNamespace), Math::min).orElse(20),
        both(budgets(Budgets::perCluster), Math::min).orElse(null),
        duration("budgets.window", budgets(Budgets::window), Duration.ofHours(1)));
  }

  private Set<ActionType> actions() {
    Set<ActionType> actions = EnumSet.allOf(ActionType.class);
    for (RemediationPolicySpec spec : specs) {
      if (spec.allow() != null && spec.allow().actions() != null) {
        actions.retainAll(spec.allow().actions());
      }
    }
    return Set.copyOf(actions);
  }

  private List<String> targetNamespaces() {
    // Only the cluster policy can open other namespaces: nobody may open somebody else's.
    Allow allow = cluster == null ? null : cluster.allow();
    return elements(allow == null ? null : allow.targetNamespaces()).toList();
  }

  private boolean directOnManaged() {
    Boolean own = namespace == null ? null : namespace.directOnManaged();
    return cluster == null
        ? Boolean.TRUE.equals(own)
        : Boolean.TRUE.equals(cluster.directOnManaged()) && !Boolean.FALSE.equals(own);
  }

  private List<Unapproved> unapproved() {
    List<Unapproved> own = unapprovedOf(namespace);
    if (cluster == null) {
      return elements(own).toList();
    }
    List<Unapproved> outer = elements(unapprovedOf(cluster)).toList();
    if (own == null) {
      return outer;
    }
    List<Unapproved> allowed = new ArrayList<>();
    for (Unapproved mine : own) {
      for (Unapproved theirs : outer) {
        if (mine.detector().equals(theirs.detector())) {
          allowed.add(new Unapproved(mine.detector(), common(mine.actions(), theirs.actions())));
        }
      }
    }
    return List.copyOf(allowed);
  }

  private static @Nullable List<Unapproved> unapprovedOf(@Nullable RemediationPolicySpec spec) {
    return spec == null || spec.allow() == null ? null : spec.allow().unapproved();
  }

  private static @Nullable List<ActionType> common(
      @Nullable List<ActionType> mine, @Nullable List<ActionType> theirs) {
    if (mine == null || theirs == null) {
      return mine == null ? theirs : mine;
    }
    return mine.stream().filter(theirs::contains).toList();
  }

  private Map<String, String> caps() {
    Map<String, String> caps = new TreeMap<>();
    for (RemediationPolicySpec spec : specs) {
      Map<String, String> own = spec.caps() == null ? Map.of() : spec.caps();
      own.forEach(
          (name, cap) -> {
            if (QuantityText.parse(cap).isEmpty()) {
              invalid("caps." + name, cap, "a quantity such as 4Gi or 10");
            } else {
              caps.merge(name, cap, PolicyMerge::smaller);
            }
          });
    }
    return Map.copyOf(caps);
  }

  private static String smaller(String one, String other) {
    BigDecimal first = QuantityText.parse(one).orElseThrow();
    return first.compareTo(QuantityText.parse(other).orElseThrow()) <= 0 ? one : other;
  }

  private Duration duration(
      String field, Function<RemediationPolicySpec, @Nullable String> text, Duration unset) {
    Duration longest = null;
    for (RemediationPolicySpec spec : specs) {
      String value = text.apply(spec);
      if (value == null) {
        continue;
      }
      Duration duration = DurationText.parse(value).orElse(null);
      if (duration == null) {
        invalid(field, value, "a duration such as 90s, 10m or 24h");
      } else if (longest == null || duration.compareTo(longest) > 0) {
        longest = duration;
      }
    }
    return longest == null ? unset : longest;
  }

  private void invalid(String field, String value, String wanted) {
    problems.add(
        new PolicyProblem(
            InvalidValue, field, "spec." + field + " is '" + value + "'; write " + wanted));
  }

  private <T> Optional<T> first(Function<RemediationPolicySpec, @Nullable T> field) {
    return specs.stream()
        .map(s -> Optional.<T>ofNullable(field.apply(s)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private <T> Optional<T> both(
      Function<RemediationPolicySpec, @Nullable T> field, BinaryOperator<T> stricter) {
    return specs.stream()
        .map(s -> Optional.<T>ofNullable(field.apply(s)))
        .flatMap(Optional::stream)
        .reduce(stricter);
  }

  private static <T> Function<RemediationPolicySpec, @Nullable T> budgets(
      Function<Budgets, @Nullable T> field) {
    return spec -> spec.budgets() == null ? null : field.apply(spec.budgets());
  }

  private static Function<RemediationPolicySpec, @Nullable String> verify(
      Function<VerifyRule, @Nullable String> field) {
    return spec -> spec.verify() == null ? null : field.apply(spec.verify());
  }

  private static <T> Stream<T> elements(@Nullable Collection<T> collection) {
    return collection == null ? Stream.empty() : collection.stream();
  }
}
