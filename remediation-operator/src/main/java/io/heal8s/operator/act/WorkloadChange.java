// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import com.google.gson.JsonArray;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.act.patch.ChangedObject;
import io.heal8s.operator.act.patch.ObjectPatch;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes changes of a plan, or takes them back, on a read as fresh as it can be: object by object,
 * each in one patch that tests everything it relies on.
 */
public final class WorkloadChange {

  /** What came of it. */
  sealed interface Result {

    /**
     * All changes are there.
     *
     * @param generation generation of the target now
     */
    record Made(long generation) implements Result {}

    /** Something moved since it was judged: judge again. */
    record Moved() implements Result {}

    /** The server will never do that. */
    record Refused(String message) implements Result {}

    /** It may work later. */
    record Failed(Outcome outcome) implements Result {}
  }

  private final ObjectReader reader;
  private final WorkloadPatcher patcher;

  /** Reads and patches through these. */
  public WorkloadChange(ObjectReader reader, WorkloadPatcher patcher) {
    this.reader = reader;
    this.patcher = patcher;
  }

  /**
   * Makes changes.
   *
   * @param account ServiceAccount that writes, null for the operator's own
   */
  Result make(ResolvedTarget target, List<Change> changes, @Nullable String account) {
    long generation = 0;
    for (Map.Entry<ChangedObject, List<Change>> group :
        ChangedObject.group(changes, target).entrySet()) {
      ChangedObject object = group.getKey();
      boolean isTarget = object.kind().equals(target.kind()) && object.name().equals(target.name());
      Result result = make(object, group.getValue(), isTarget ? target.uid() : "", account);
      if (!(result instanceof Result.Made(long made))) {
        return result;
      }
      generation = isTarget ? made : generation;
    }
    return new Result.Made(generation);
  }

  private Result make(
      ChangedObject object, List<Change> changes, String uid, @Nullable String account) {
    return switch (reader.read(object.query())) {
      case Reading.Failed(String message, Throwable cause) ->
          new Result.Failed(
              new Outcome.Retry(ActReason.ReadFailed, new IllegalStateException(message, cause)));
      case Reading.UnknownKind(String message) -> new Result.Refused(message);
      case Reading.Read(List<LiveObject> objects)
          when objects.isEmpty() || (!uid.isEmpty() && !objects.getFirst().uid().equals(uid)) ->
          new Result.Moved();
      case Reading.Read(List<LiveObject> objects) ->
          send(object, changes, objects.getFirst(), account);
    };
  }

  private Result send(
      ChangedObject object, List<Change> changes, LiveObject live, @Nullable String account) {
    return switch (ObjectPatch.apply(changes, live)) {
      case ObjectPatch.NothingLeft() -> new Result.Made(live.generation());
      case ObjectPatch.Differs _ -> new Result.Moved();
      case ObjectPatch.Ready(JsonArray operations) ->
          sent(patcher.patch(object, operations, account));
    };
  }

  private static Result sent(Answer<LiveObject> answer) {
    return switch (answer) {
      case Answer.Ok<LiveObject>(LiveObject now) -> new Result.Made(now.generation());
      case Answer.Failed<LiveObject>(ApiFailure failure) ->
          switch (failure) {
            case ApiFailure.Conflict _,
                ApiFailure.NotFound _,
                ApiFailure.AlreadyExists _,
                ApiFailure.Expired _ ->
                new Result.Moved();
            case ApiFailure.Forbidden forbidden -> new Result.Refused(forbidden.message());
            case ApiFailure.Invalid invalid -> new Result.Refused(invalid.message());
            case ApiFailure.QuotaExceeded _,
                ApiFailure.NamespaceTerminating _,
                ApiFailure.Throttled _,
                ApiFailure.Transient _ ->
                new Result.Failed(failure.outcome(ActReason.WriteFailed));
          };
    };
  }
}
