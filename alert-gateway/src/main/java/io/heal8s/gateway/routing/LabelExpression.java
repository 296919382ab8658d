// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of a policy over a label's value, anchored at both ends.
 *
 * <p>A namespace's policy is written by people who are not trusted with the cluster, and one
 * gateway serves all. So matching is linear in the value (RE2), and an expression whose counted
 * repetitions would unfold it beyond {@value #MAX_COST} instructions is refused before it is
 * compiled.
 */
final class LabelExpression {

  /** Longest value that is looked at; a longer one matches nothing. */
  static final int MAX_VALUE_LENGTH = 4096;

  static final int MAX_COST = 10_000;

  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  private final @Nullable Pattern pattern;
  private final @Nullable String problem;

  private LabelExpression(@Nullable Pattern pattern, @Nullable String problem) {
    this.pattern = pattern;
    this.problem = problem;
  }

  static LabelExpression of(String text) {
    if (cost(text) > MAX_COST) {
      return new LabelExpression(null, "its repetitions multiply to too much; write it simpler");
    }
    try {
      return new LabelExpression(Pattern.compile(text), null);
    } catch (PatternSyntaxException e) {
      return new LabelExpression(null, e.getDescription());
    }
  }

  /** What is wrong with the expression, empty if it can be used. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Whether the whole value matches; an expression with a problem matches nothing. */
  boolean matches(String value) {
    return pattern != null && value.length() <= MAX_VALUE_LENGTH && pattern.matches(value);
  }

  /**
   * Upper bound of the instructions that an expression unfolds to: its length times all its counts,
   * as if every repetition stood within all others.
   */
  static long cost(String text) {
    long cost = text.length();
    Matcher repetition = REPETITION.matcher(text);
    while (repetition.find() && cost <= MAX_COST) {
      String upper = repetition.group(2);
      long count = Long.parseLong(repetition.group(1));
      cost *= Math.max(1, upper == null || upper.isEmpty() ? count : Long.parseLong(upper));
    }
    return cost;
  }
}
