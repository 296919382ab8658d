// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Intent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the operator does to the world. Each effect is harmless when repeated: a status write
 * carries the resourceVersion that was read, a label has one value, a change is looked up before it
 * is made.
 */
public sealed interface RemediationIntent extends Intent {

  /** The Remediation that it is about, as it was read. */
  Remediation base();

  /**
   * Write the operator's part of the status; refused by the server if the object moved since.
   *
   * @param status the whole status; only the operator's fields are sent
   * @param tell events that belong to this step, published once it is written
   * @param claim set when the write begins an effect that budgets count: the write happens only if
   *     the budgets still have room, judged together with our own writes that no cache shows yet
   */
  record WriteStatus(
      Remediation base, RemediationStatus status, List<Announcement> tell, @Nullable Claim claim)
      implements RemediationIntent {

    public WriteStatus {
      tell = List.copyOf(tell);
    }
  }

  /**
   * Put the cause of a refusal on the object as a label, by which the next of its cause is refused.
   */
  record RememberRefusal(Remediation base, String cause) implements RemediationIntent {}

  /**
   * Carry out the recorded intent and record its result.
   *
   * @param type which of the two recorded effects
   * @param changes what to write: {@code before} is what must still be there
   */
  record CarryOut(Remediation base, RecordedIntent.Type type, List<Change> changes)
      implements RemediationIntent {

    public CarryOut {
      changes = List.copyOf(changes);
    }
  }
}
