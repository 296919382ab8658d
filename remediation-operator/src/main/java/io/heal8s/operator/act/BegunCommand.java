// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.operator.intent.RemediationIntent.Effect;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that this process began, in as many of its places as results were told.
 *
 * @param succeeded how many of them ended with exit code 0
 * @param told a sentence for each place where it ended
 */
record BegunCommand(Effect.Command command, int succeeded, List<String> told) {

  private static final int MOST_TOLD = 20;

  BegunCommand {
    told = List.copyOf(told);
  }

  /** In none of its places yet. */
  static BegunCommand nowhere(Effect.Command command) {
    return new BegunCommand(command, 0, List.of());
  }

  /** The same, ended in one place more. */
  BegunCommand and(boolean success, String result) {
    List<String> more = new ArrayList<>(told);
    more.add(result);
    return new BegunCommand(command, succeeded + (success ? 1 : 0), more);
  }

  Effect.Command.Place next() {
    return command.places().get(told.size());
  }

  boolean over() {
    return told.size() == command.places().size();
  }

  /** What came of it so far. */
  String sentence() {
    int more = told.size() - MOST_TOLD;
    return succeeded
        + " of "
        + command.places().size()
        + " pods ended with exit code 0"
        + (told.isEmpty() ? "" : "; ")
        + String.join("; ", told.subList(0, Math.min(told.size(), MOST_TOLD)))
        + (more > 0 ? "; and " + more + " more" : "");
  }
}
