// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares a change with what the file holds. Amounts are compared as amounts: one that the file
 * has reached already is never lowered by a change that raises, whatever the plan saw in the
 * cluster. Other values are only replaced where the file holds exactly what the plan started from.
 */
final class ChangeJudge {

  private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]{0,18})");
  private static final Pattern QUANTITY_PATH =
      Pattern.compile("(?:^|.*\\.)resources\\.(?:limits|requests)(?:\\.|\\[\").+");
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");
  private static final Set<String> FALSE = Set.of("false", "no", "off", "n");

  private ChangeJudge() {}

  /** Refuses a change that no file could take. */
  static void check(Change change) {
    String after = change.after();
    if (after == null) {
      return;
    }
    String wrong =
        switch (change.typeOrDefault()) {
          case integer -> INTEGER.matcher(after).matches() ? null : "is no whole number";
          case bool ->
              after.equals("true") || after.equals("false") ? null : "is not true or false";
          case string ->
              isAmount(change) && amount(after).isEmpty()
                  ? "is no quantity such as 512Mi or 250m"
                  : wrongText(after);
          case json -> "is no single value, and only single values are edited in a file";
        };
    if (wrong != null) {
      throw new RefusedException(
          Refusal.BAD_CHANGE, 1, "the value `" + after + "` for " + change.path() + " " + wrong);
    }
  }

  private static @Nullable String wrongText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair) {
        return "holds half a character";
      }
      i += pair ? 1 : 0;
    }
    return null;
  }

  /**
   * Judges one change.
   *
   * @param held what the file holds; null when the field is absent
   */
  static Verdict judge(Change change, Node.@Nullable Scalar held) {
    if (held == null || held.isNull()) {
      return change.after() == null ? new Verdict.Holds() : new Verdict.Write();
    }
    if (isPlaceholder(change, held.value)) {
      return new Verdict.Refuse(
          Refusal.PLACEHOLDER,
          "the value `" + shown(held.value) + "` is filled in elsewhere; change it there");
    }
    String after = change.after();
    if (after == null) {
      return equal(change, held, change.before())
          ? new Verdict.Write()
          : changedSince(change, held);
    }
    if (equal(change, held, after)) {
      return new Verdict.Holds();
    }
    return isAmount(change) || change.typeOrDefault() == ValueType.integer
        ? judgeAmount(change, held, after)
        : equal(change, held, change.before()) ? new Verdict.Write() : changedSince(change, held);
  }

  /** Other texts may hold a dollar of their own; an image cannot. */
  private static boolean isPlaceholder(Change change, String held) {
    return held.contains("{{")
        || held.contains("${")
        || (change.path().endsWith(".image") && held.indexOf('$') >= 0);
  }

  private static Verdict judgeAmount(Change change, Node.Scalar held, String after) {
    Optional<Quantity> now = heldAmount(held);
    Optional<Quantity> wanted = amount(after);
    if (now.isEmpty() || wanted.isEmpty()) {
      return new Verdict.Refuse(
          Refusal.CHANGED_SINCE,
          "the value `"
              + shown(held.value)
              + "` is no amount that can be compared with "
              + after
              + "; write it as a plain quantity or number");
    }
    String before = change.before();
    Optional<Quantity> started = before == null ? Optional.empty() : amount(before);
    boolean raises = started.isEmpty() || started.get().compareTo(wanted.get()) <= 0;
    int reached = now.get().compareTo(wanted.get());
    if (raises ? reached >= 0 : reached <= 0) {
      return new Verdict.Holds();
    }
    // A lower value in the file is still raised; but what was raised since is not taken back.
    return raises || equal(change, held, before) ? new Verdict.Write() : changedSince(change, held);
  }

  private static boolean equal(Change change, Node.Scalar held, @Nullable String text) {
    if (text == null) {
      return false;
    }
    return switch (change.typeOrDefault()) {
      case bool -> sameTruth(held.value, text);
      case integer -> sameAmount(held, text);
      case json -> false;
      case string -> held.value.equals(text) || (isAmount(change) && sameAmount(held, text));
    };
  }

  private static boolean sameAmount(Node.Scalar held, String text) {
    Optional<Quantity> now = heldAmount(held);
    Optional<Quantity> other = amount(text);
    return now.isPresent() && other.isPresent() && now.get().compareTo(other.get()) == 0;
  }

  private static boolean sameTruth(String held, String text) {
    String lower = held.toLowerCase(Locale.ROOT);
    return (TRUE.contains(lower) && text.equals("true"))
        || (FALSE.contains(lower) && text.equals("false"));
  }

  private static Optional<Quantity> heldAmount(Node.Scalar held) {
    return held.type() == ScalarType.AMBIGUOUS ? Optional.empty() : amount(held.value);
  }

  private static Optional<Quantity> amount(String text) {
    return Quantity.parse(text);
  }

  /** Whether the path is one of a container's quantities, wherever the file keeps it. */
  static boolean isAmount(Change change) {
    return change.typeOrDefault() == ValueType.string
        && QUANTITY_PATH.matcher(change.path()).matches();
  }

  private static Verdict changedSince(Change change, Node.Scalar held) {
    String before = change.before();
    return new Verdict.Refuse(
        Refusal.CHANGED_SINCE,
        "the file holds `"
            + shown(held.value)
            + "`, the plan started from "
            + (before == null ? "no value" : "`" + before + "`")
            + "; plan again from what the file says");
  }

  private static String shown(String value) {
    return value.length() > 80 ? value.substring(0, 80) + "…" : value;
  }

  /** For verification: whether a number's text is exactly this number. */
  static boolean isInteger(String text, String wanted) {
    return INTEGER.matcher(text).matches()
        && new BigDecimal(text).compareTo(new BigDecimal(wanted)) == 0;
  }
}
