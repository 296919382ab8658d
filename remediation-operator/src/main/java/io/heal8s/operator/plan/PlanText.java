// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people read of a plan: the diff, what must still hold, and how it is taken back. */
public final class PlanText {

  private static final String NONE = "none";

  // The limits of the CRD: a text that is cut is read, one that is refused stops the repair.
  static final int MAX_DIFF = 262_144;
  private static final int MAX_SENTENCES = 32;
  private static final int MAX_SENTENCE = 1024;
  private static final int MAX_UNDO = 4096;

  private PlanText() {}

  /** Whether a plan says that it can be taken back. */
  public static boolean hasUndo(Plan plan) {
    return plan.undo() != null && !plan.undo().startsWith(NONE);
  }

  /** Whether a diff can be shown whole: nobody approves what he is not shown. */
  public static boolean fits(String diff) {
    return diff.length() <= MAX_DIFF;
  }

  static String diff(ResolvedTarget target, List<Change> changes) {
    StringBuilder text = new StringBuilder();
    String object = "";
    for (Change change : changes) {
      String changed = objectOf(target, change);
      if (!changed.equals(object)) {
        text.append("--- ").append(changed).append(" (live)\n");
        text.append("+++ ").append(changed).append(" (planned)\n");
        object = changed;
      }
      line(text, '-', change.path(), change.before());
      line(text, '+', change.path(), change.after());
    }
    return ForeignText.cut(text.toString(), MAX_DIFF);
  }

  private static void line(StringBuilder text, char sign, String path, @Nullable String value) {
    if (value != null) {
      text.append(sign).append(path).append(": ").append(value).append('\n');
    }
  }

  static List<String> preconditions(
      ResolvedTarget target, List<Change> changes, List<String> reasons) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        target.kind()
            + " "
            + target.namespace()
            + "/"
            + target.name()
            + " is still the object with uid "
            + target.uid()
            + ".");
    for (Change change : changes) {
      sentences.add(
          change.path()
              + " of "
              + objectOf(target, change)
              + (change.before() == null
                  ? " is still not set."
                  : " is still " + change.before() + "."));
    }
    sentences.addAll(reasons);
    return sentences.stream()
        .limit(MAX_SENTENCES)
        .map(sentence -> ForeignText.cut(sentence, MAX_SENTENCE))
        .toList();
  }

  static String undo(Mode mode, List<Change> changes, @Nullable String noUndo) {
    if (noUndo != null) {
      return NONE + ": " + noUndo;
    }
    String steps = changes.stream().map(PlanText::backwards).collect(Collectors.joining("; "));
    String how =
        switch (mode) {
          case Direct -> "Patch the object, unless the value was changed since: ";
          case GitOps -> "Open a pull request that restores what was merged over: ";
        };
    return ForeignText.cut(how + steps + ".", MAX_UNDO);
  }

  private static String backwards(Change change) {
    return change.before() == null
        ? "remove " + change.path()
        : "set "
            + change.path()
            + " back to "
            + ShownValue.of(change.before(), change.typeOrDefault());
  }

  private static String objectOf(ResolvedTarget target, Change change) {
    String kind = change.kind() == null ? target.kind() : change.kind();
    String name = change.name() == null ? target.name() : change.name();
    return kind + " " + target.namespace() + "/" + name;
  }
}
