// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Intent;
import java.time.Duration;
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

  /** A status may rest on those that were decided before it; nothing else does. */
  @Override
  default boolean standsAlone() {
    return !(this instanceof WriteStatus);
  }

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
   * @param account ServiceAccount that writes, null for the operator's own
   */
  record CarryOut(
      Remediation base, RecordedIntent.Type type, List<Change> changes, @Nullable String account)
      implements RemediationIntent {

    public CarryOut {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Carry out the recorded intent of an action that is no change of values, or one step of it.
   *
   * @param effect what to do
   */
  record Run(Remediation base, Effect effect) implements RemediationIntent {}

  /** One effect that is no change of values. */
  sealed interface Effect {

    /** The longest time that one of them may take: the longest timeout of a call or a command. */
    Duration LONGEST = Duration.ofSeconds(300);

    /** Whether it changes nothing in the cluster and may take its time. */
    default boolean onlyTells() {
      return this instanceof Call || this instanceof Forgo;
    }

    /**
     * Evict a pod.
     *
     * @param uid the pod with this uid and no other of its name
     * @param gracePeriod seconds
     */
    record Evict(String namespace, String pod, String uid, int gracePeriod) implements Effect {}

    /**
     * Call a webhook.
     *
     * @param last whether a failure ends it, because it was tried for long enough
     */
    record Call(WebhookCall call, boolean last) implements Effect {
      /** Only the method: the rest may hold credentials. */
      @Override
      public String toString() {
        return call.toString();
      }
    }

    /**
     * Run a command in each of these pods, one after the other.
     *
     * @param places where it runs, never empty
     * @param account ServiceAccount that it runs as
     */
    record Command(PodCommand command, String namespace, List<Place> places, String account)
        implements Effect {

      public Command {
        places = List.copyOf(places);
      }

      /** A container of a pod. */
      public record Place(String pod, String container) {}
    }

    /**
     * Send a patch.
     *
     * @param read the object as it was read
     * @param account ServiceAccount that sends it
     */
    record Patch(
        ObjectPatchRequest request, ResolvedTarget target, ReadVersion read, String account)
        implements Effect {}

    /**
     * Go on with a command that was begun, or record its result, if this process knows of it; else
     * record that its result is not known.
     */
    record Recall() implements Effect {}

    /**
     * Give a recorded call up: record its result, if this process knows it, else that it is not
     * made, or not again.
     *
     * @param failure why it ends as failed, because it was made; null when nothing was done, so
     *     that the gate judges it anew
     */
    record Forgo(@Nullable String failure) implements Effect {}
  }
}
