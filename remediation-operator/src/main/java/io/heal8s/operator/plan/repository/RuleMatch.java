// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.repository;

import io.heal8s.core.api.heal8s.remediationpolicy.RepositoryRule;
import io.heal8s.core.decide.policy.AllowedRepository;
import io.heal8s.core.decide.policy.Glob;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.Optional;

/**
 * A repository rule that holds for a target.
 *
 * @param rule the rule
 * @param limits rules of the cluster policy that hold for the target too; one of them must let the
 *     path and the branch pass
 * @param limited whether the cluster policy limits at all
 */
record RuleMatch(RepositoryRule rule, List<RepositoryRule> limits, boolean limited) {

  /** The rule for that target, empty when it or every limit of it is for others. */
  static Optional<RuleMatch> of(AllowedRepository allowed, LiveObject target) {
    List<RepositoryRule> limits =
        allowed.limits().stream().filter(limit -> isFor(limit, target)).toList();
    boolean limited = !allowed.limits().isEmpty();
    return isFor(allowed.rule(), target) && !(limited && limits.isEmpty())
        ? Optional.of(new RuleMatch(allowed.rule(), limits, limited))
        : Optional.empty();
  }

  private static boolean isFor(RepositoryRule rule, LiveObject target) {
    boolean namespace =
        rule.namespaces() == null || Glob.anyMatches(rule.namespaces(), target.namespace());
    boolean labels =
        rule.matchLabels() == null
            || rule.matchLabels().entrySet().stream()
                .allMatch(
                    label ->
                        target
                            .text("metadata.labels[\"" + label.getKey() + "\"]")
                            .equals(label.getValue()));
    return namespace && labels;
  }

  /** The branch that pull requests go to. */
  String baseBranch() {
    return branchOf(rule);
  }

  /** The limit that lets path and branch pass, empty when none does; only when limited. */
  Optional<RepositoryRule> limitFor(String path) {
    return limits.stream()
        .filter(limit -> branchOf(limit).equals(baseBranch()))
        .filter(limit -> limit.pathGlob() == null || Glob.matches(limit.pathGlob(), path))
        .findFirst();
  }

  private static String branchOf(RepositoryRule rule) {
    return rule.baseBranch() == null || rule.baseBranch().isEmpty() ? "main" : rule.baseBranch();
  }
}
