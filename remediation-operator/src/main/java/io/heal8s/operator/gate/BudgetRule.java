// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.EffectivePolicy.Budget;
import io.heal8s.operator.intent.EffectCounts;
import io.heal8s.operator.intent.EffectCounts.Taken;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the window still has room for an effect. A proposal holds its place from when it is let
 * through until it is merged, and then counts as the effect that it has become; or until it is
 * over.
 */
public final class BudgetRule {

  /**
   * There is no room.
   *
   * @param until when enough effects have left the window; null when that alone makes no room,
   *     because proposals hold the places
   */
  record Full(@Nullable Instant until) {}

  private BudgetRule() {}

  /** Whether the budgets of namespace and cluster have room now. */
  public static boolean hasRoom(Budget budget, EffectCounts counts, Instant now) {
    return full(budget, counts, now).isEmpty();
  }

  private static Optional<Full> full(Budget budget, EffectCounts counts, Instant now) {
    return later(
        full(counts.namespace(), budget.perNamespace(), budget, now),
        full(counts.cluster(), budget.perCluster(), budget, now));
  }

  /**
   * Why none of the three budgets may take one more; empty when all have room.
   *
   * @param counts what the others take
   */
  static Optional<Full> full(GateRequest request, EffectCounts counts, Instant now) {
    Budget budget = request.policy().budget();
    List<Instant> effects =
        request.others().stream()
            .map(Standing::effectAt)
            .filter(Objects::nonNull)
            .sorted()
            .toList();
    int proposals = (int) request.others().stream().filter(Standing::proposed).count();
    return later(
        full(new Taken(effects, proposals), budget.perTarget(), budget, now),
        full(budget, counts, now));
  }

  static Optional<Verdict> judge(GateRequest request, EffectCounts counts, Instant now) {
    return full(request, counts, now)
        .map(
            full ->
                new Verdict(
                    GateReason.BudgetExhausted,
                    "the budget of effects in "
                        + request.policy().budget().window().toMinutes()
                        + " min is used up"
                        + (full.until() == null
                            ? "; pull requests that wait for their merge count too; acts when there"
                                + " is room"
                            : "; acts after " + full.until())));
  }

  private static Optional<Full> full(
      Taken taken, @Nullable Integer limit, Budget budget, Instant now) {
    if (limit == null) {
      return Optional.empty();
    }
    int left = limit - taken.proposals();
    Instant since = now.minus(budget.window());
    List<Instant> inWindow = taken.effects().stream().filter(at -> at.isAfter(since)).toList();
    if (inWindow.size() < left) {
      return Optional.empty();
    }
    return Optional.of(
        new Full(left <= 0 ? null : inWindow.get(inWindow.size() - left).plus(budget.window())));
  }

  private static Optional<Full> later(Optional<Full> one, Optional<Full> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    Instant first = one.get().until();
    Instant second = other.get().until();
    return first == null || (second != null && first.isAfter(second)) ? one : other;
  }
}
