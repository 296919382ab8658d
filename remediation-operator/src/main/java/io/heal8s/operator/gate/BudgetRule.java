// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.EffectivePolicy.Budget;
import io.heal8s.operator.intent.EffectCounts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many effects the window still has room for. */
public final class BudgetRule {

  private BudgetRule() {}

  /** When the budgets of namespace and cluster have room again; empty when they have it now. */
  public static Optional<Instant> freeAt(Budget budget, EffectCounts counts, Instant now) {
    return later(
        freeAt(counts.namespace(), budget.perNamespace(), budget, now),
        freeAt(counts.cluster(), budget.perCluster(), budget, now));
  }

  /** When all three budgets have room again; empty when they have it now. */
  static Optional<Instant> freeAt(GateRequest request, EffectCounts counts, Instant now) {
    Budget budget = request.policy().budget();
    List<Instant> onTarget =
        request.others().stream()
            .map(Standing::effectAt)
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    return later(freeAt(onTarget, budget.perTarget(), budget, now), freeAt(budget, counts, now));
  }

  static Optional<Verdict> judge(GateRequest request, EffectCounts counts, Instant now) {
    return freeAt(request, counts, now)
        .map(
            at ->
                new Verdict(
                    GateReason.BudgetExhausted,
                    "the budget of effects in "
                        + request.policy().budget().window().toMinutes()
                        + " min is used up; acts after "
                        + at));
  }

  private static Optional<Instant> freeAt(
      List<Instant> effects, @Nullable Integer limit, Budget budget, Instant now) {
    if (limit == null) {
      return Optional.empty();
    }
    Instant since = now.minus(budget.window());
    List<Instant> inWindow = effects.stream().filter(at -> at.isAfter(since)).toList();
    if (inWindow.size() < limit) {
      return Optional.empty();
    }
    if (limit <= 0) {
      return Optional.of(now.plus(budget.window()));
    }
    return Optional.of(inWindow.get(inWindow.size() - limit).plus(budget.window()));
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isAfter(other.get()) ? one : other;
  }
}
