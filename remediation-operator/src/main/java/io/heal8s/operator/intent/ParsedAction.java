// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.decide.Verdict;
import java.util.List;

/** An action as it was read from a Remediation or a route. */
public sealed interface ParsedAction {

  /** Names of the actions that this build can do, for messages. */
  List<String> BUILT = ActionParameters.BUILT;

  /** Longest arguments, in bytes of JSON, wherever they are. */
  int MOST_ARGUMENTS = 128 * 1024;

  /** All of it could be read. */
  record Understood(Action action) implements ParsedAction {}

  /**
   * It could not be read.
   *
   * @param verdict reason of the Stalled condition and a sentence that says what to write
   */
  record NotUnderstood(Verdict verdict) implements ParsedAction {}

  /**
   * Reads an action whose arguments, if any, are in the Remediation itself.
   *
   * @return never null; what cannot be read is {@link NotUnderstood}, not an exception
   */
  static ParsedAction of(ActionSpec spec) {
    ActionType type = spec.type();
    if (type == null) {
      return new NotUnderstood(
          new Verdict(
              ActionReason.UnsupportedValue,
              "spec.action.type is a value that this release does not know; upgrade"
                  + " remediation-operator, or create a Remediation with one of "
                  + String.join(", ", ActionParameters.BUILT)));
    }
    try {
      return new Understood(new ActionParameters(type, spec).action());
    } catch (ActionParameters.Refused refused) {
      return new NotUnderstood(refused.verdict());
    } catch (ActionArguments.Refused refused) {
      return new NotUnderstood(refused.verdict());
    }
  }
}
