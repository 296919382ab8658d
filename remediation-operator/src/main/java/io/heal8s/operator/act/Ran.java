// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.decide.Outcome;
import io.heal8s.operator.intent.RemediationIntent.WriteStatus;

/** What came of an effect. */
sealed interface Ran {

  /** This must be written; the outcome counts when it is. */
  record Write(WriteStatus status, Outcome then) implements Ran {}

  /** Nothing is to be written. */
  record Only(Outcome outcome) implements Ran {}

  /** This must be written first; then the effect is carried out on what was written. */
  record Begin(WriteStatus first) implements Ran {}
}
