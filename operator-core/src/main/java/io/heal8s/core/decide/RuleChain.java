// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rules in order; the first verdict wins.
 *
 * @param rules documented where the chain is put together
 */
public record RuleChain<S>(List<Rule<S>> rules) implements Rule<S> {

  public RuleChain {
    rules = List.copyOf(rules);
  }

  @Override
  public Optional<Verdict> judge(S snapshot, Instant now) {
    for (Rule<S> rule : rules) {
      Optional<Verdict> verdict = rule.judge(snapshot, now);
      if (verdict.isPresent()) {
        return verdict;
      }
    }
    return Optional.empty();
  }
}
