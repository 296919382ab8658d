// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The work of one evaluation and of those before it in the same look, about a nanosecond each unit,
 * and its end when it is too much. What an expression may do with a state has no other bound: a few
 * macros in a row make a list that has more parts than any memory, although it refers to the same
 * ones, and a comparison goes through all of them. So every value is weighed where something will
 * go through it, before it does. Used by one thread.
 */
final class WhenWork implements CelEvaluationListener {

  /** Half a second for one look, in which nothing else runs on the thread's carrier. */
  static final long MOST = 500_000_000;

  private static final long STEP = 200;
  private static final long PART = 20;
  private static final long TRIED_CHARACTER = 5;

  /** To compile a pattern takes as long as to look for it in so many characters. */
  private static final long COMPILED = 40;

  /** Heaviest value: far more parts than a state may have. */
  private static final long HEAVIEST = MOST / 10;

  private final WhenCosts costs;
  private final Map<Object, Long> weights = new IdentityHashMap<>();
  private final Map<Long, Object> searched = new HashMap<>();
  private long done;

  /**
   * Goes on where other evaluations ended that share the same bound.
   *
   * @param done their work
   */
  WhenWork(WhenCosts costs, long done) {
    this.costs = costs;
    this.done = done;
  }

  /** The work up to now, with that of the evaluations before. */
  long done() {
    return done;
  }

  /** There was too much of it; what came of it counts no more, even if it is a truth value. */
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExhaustedException() {
      super("it takes too much work: compare less of the state", null, false, false);
    }
  }

  boolean isExhausted() {
    return done > MOST;
  }

  @Override
  public void callback(CelExpr expression, @Nullable Object value) {
    long id = expression.id();
    add(STEP);
    if (value == null) {
      return;
    }
    if (costs.isMade(id)) {
      add(parts(value) * PART);
      weight(value);
    }
    if (costs.isGoneThrough(id)) {
      add(weight(value));
    }
    if (costs.isSearched(id)) {
      searched.put(id, value);
    }
    WhenCosts.Search search = costs.searchWith(id);
    if (search != null && searched.get(search.searched()) instanceof String text) {
      // Even to look for it in nothing, a pattern is read and compiled.
      long looked = Math.max(search.pattern() ? COMPILED : 1, text.length());
      add(product(looked, value instanceof String wanted ? search.cost(wanted) : 1));
    }
  }

  private void add(long more) {
    done += more;
    if (done > MOST) {
      // However often it is asked to go on.
      done = MOST + 1;
      throw new ExhaustedException();
    }
  }

  // The state's own parts are weighed once, what is made of them by adding.
  private long weight(Object value) {
    return switch (value) {
      case String text -> PART + text.length();
      case CelByteString bytes -> PART + bytes.size();
      case List<?> list -> known(list, list);
      case Map<?, ?> map -> known(map, map.values());
      default -> PART;
    };
  }

  private long known(Object whole, Iterable<?> parts) {
    Long before = weights.get(whole);
    if (before != null) {
      return before;
    }
    long sum = PART;
    for (Object part : parts) {
      sum += part == null ? PART : weight(part);
      if (sum > HEAVIEST) {
        done = MOST;
        add(1);
      }
    }
    weights.put(whole, sum);
    return sum;
  }

  private static long parts(Object value) {
    return switch (value) {
      case String text -> text.length();
      case CelByteString bytes -> bytes.size();
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> 1;
    };
  }

  private static long product(long one, long other) {
    return Math.min(MOST, one) * Math.min(MOST, Math.max(1, other));
  }

  /** What it costs to look for a pattern, for each character that is looked at. */
  static long ofPattern(String pattern) {
    long size = PatternSize.of(pattern);
    return size > PatternSize.LARGEST ? MOST : TRIED_CHARACTER * size;
  }
}
