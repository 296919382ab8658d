// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.http.secret.Redactor;
import io.heal8s.operator.act.PodExec.Result;
import io.heal8s.operator.act.WebhookSender.Reply;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.intent.RemediationIntent.WriteStatus;
import io.heal8s.operator.lifecycle.LifecycleReason;
import io.heal8s.operator.lifecycle.Results;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.plan.callwebhook.WebhookBody;
import io.heal8s.operator.target.LiveObject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Carries out effects that are no change of values, and says what must be written of them. A result
 * whose write was refused is kept until it is written, so that nothing is called or run again only
 * because somebody annotated the object meanwhile.
 */
public final class EffectRuns {

  /** What came of an effect. */
  sealed interface Ran {

    /** This must be written; the outcome counts when it is. */
    record Write(WriteStatus status, Outcome then) implements Ran {}

    /** Nothing is to be written. */
    record Only(Outcome outcome) implements Ran {}

    /** This must be written first; then the effect is carried out on what was written. */
    record Begin(WriteStatus first) implements Ran {}
  }

  /** What came of an effect that is over. */
  private sealed interface Known {

    record Ended(boolean success, LifecycleReason reason, String message) implements Known {}

    /** Nothing was done, and nothing will be until somebody changes something. */
    record Refused(String message) implements Known {}
  }

  private static final String COMMAND_BEGUN =
      "the command was begun; its result is recorded when it ends";
  private static final Duration BUDGET_PAUSE = Duration.ofSeconds(5);
  // A step of a patch that leads nowhere looks like a conflict; it is not worth ten tries a second.
  private static final Duration CONFLICT_PAUSE = Duration.ofSeconds(2);
  private static final Duration NEXT_PLACE = Duration.ofMillis(100);
  private static final Duration ALL_BUSY = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_OUTPUT = 500;
  private static final String TOO_LONG =
      "nobody was called: with its templates filled in, the body is longer than "
          + WebhookBody.MOST_BYTES / 1024
          + " KiB; name shorter fields in the payload";
  // Request Timeout, Too Early, Too Many Requests: the same call may be taken later.
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final PodEvictor evictor;
  private final WebhookSender webhooks;
  private final PodExec exec;
  private final ObjectPatcher patcher;
  private final Redactor redactor = Redactor.ofShapes();

  private final RemediationCache cache;

  // Guard nothing: count how many may be under way at once. Two, so that receivers that are slow
  // stop no command.
  private final int most;
  private final Semaphore callPlaces;
  private final Semaphore commandPlaces;

  // By key of the recorded intent: results that are not known to be written.
  private final Map<String, Known> unwritten = new ConcurrentHashMap<>();

  // By the same key: commands that were begun, or are about to be, and have places left.
  private final Map<String, BegunCommand> begun = new ConcurrentHashMap<>();

  // The same keys: those that found no place.
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Acts through these.
   *
   * @param cache tells which recorded effects there still are
   * @param most how many calls, and how many commands, may be under way at once, at least 1; both
   *     together fewer than there are workers, so that those who hang do not stop everybody else
   */
  public EffectRuns(
      PodEvictor evictor,
      WebhookSender webhooks,
      PodExec exec,
      ObjectPatcher patcher,
      RemediationCache cache,
      int most) {
    this.most = most;
    this.callPlaces = new Semaphore(most);
    this.commandPlaces = new Semaphore(most);
    this.evictor = evictor;
    this.webhooks = webhooks;
    this.exec = exec;
    this.patcher = patcher;
    this.cache = cache;
  }

  Ran run(Remediation base, Effect effect, RunContext run) {
    Known known = unwritten.get(key(base));
    if (known != null) {
      return ended(base, known, run);
    }
    return switch (effect) {
      case Effect.Evict evict -> evict(base, evict, run);
      case Effect.Call call -> ifNotAllBusy(base, callPlaces, () -> call(base, call, run));
      case Effect.Forgo(String failure) ->
          new Ran.Write(Results.givenUp(base, failure, run.now()), Outcome.DONE);
      case Effect.Patch patch -> patch(base, patch, run);
      // Not recorded as begun while it would have to wait for a place.
      case Effect.Command _ when commandPlaces.availablePermits() == 0 -> allBusy(base);
      case Effect.Command command -> toBegin(base, command, run);
      case Effect.Recall() -> recalled(base, run);
    };
  }

  private Ran ifNotAllBusy(Remediation base, Semaphore places, Supplier<Ran> effect) {
    if (!places.tryAcquire()) {
      return allBusy(base);
    }
    waiting.remove(key(base));
    try {
      return effect.get();
    } finally {
      places.release();
    }
  }

  /** The more wait, the less often each asks: every look reads the cluster. */
  private Ran allBusy(Remediation base) {
    forgetTheGone();
    waiting.add(key(base));
    Duration pause = ALL_BUSY.multipliedBy(Math.max(1, waiting.size() / most));
    return new Ran.Only(
        Outcome.waiting(
            pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, ActReason.AllBusy));
  }

  /**
   * Kept before it is written: where the answer to the write is lost, the record may be there, and
   * only this process knows that nothing has run.
   */
  private Ran toBegin(Remediation base, Effect.Command command, RunContext run) {
    forgetTheGone();
    begun.put(key(base), BegunCommand.nowhere(command));
    return new Ran.Begin(
        Results.progress(base, LifecycleReason.CommandStarted, COMMAND_BEGUN, run.now()));
  }

  /** That its beginning is surely not written. */
  void notBegun(Remediation base) {
    begun.remove(key(base));
  }

  private void forgetTheGone() {
    Set<String> recorded =
        cache.withEffects().stream()
            .map(one -> one.statusOrEmpty().intent())
            .filter(Objects::nonNull)
            .map(RecordedIntent::key)
            .collect(Collectors.toSet());
    begun.keySet().retainAll(recorded);
    unwritten.keySet().retainAll(recorded);
    waiting.retainAll(recorded);
  }

  private Ran recalled(Remediation base, RunContext run) {
    BegunCommand known = begun.get(key(base));
    if (known != null) {
      return ifNotAllBusy(base, commandPlaces, () -> goOn(base, known, run));
    }
    String last = base.statusOrEmpty().message();
    return ended(
        base,
        new Known.Ended(
            false,
            LifecycleReason.ResultUnknown,
            "the operator was stopped while the command ran; whether it ended is not known,"
                + " and it is not run a second time"
                + (last == null || last.equals(COMMAND_BEGUN) ? "" : "; seen before: " + last)),
        run);
  }

  /** The result was written. */
  void written(Remediation base) {
    unwritten.remove(key(base));
  }

  /** Runs a command whose beginning was written, in the first of its places. */
  Ran begin(Remediation base, RunContext run) {
    return recalled(base, run);
  }

  /** One place in one run: each may take as long as a run may. */
  private Ran goOn(Remediation base, BegunCommand before, RunContext run) {
    String rejectedBy = annotation(base, Annotations.REJECT);
    if (!rejectedBy.isEmpty()) {
      begun.remove(key(base));
      return known(
          base,
          false,
          LifecycleReason.CommandFailed,
          "rejected by " + rejectedBy + "; " + before.sentence(),
          run);
    }
    if (Thread.currentThread().isInterrupted()) {
      return new Ran.Only(Outcome.waiting(NEXT_PLACE, LifecycleReason.CommandStarted));
    }
    Effect.Command command = before.command();
    Effect.Command.Place place = before.next();
    Result result =
        exec.run(
            command.namespace(),
            place.pod(),
            place.container(),
            command.account(),
            command.command());
    if (before.told().isEmpty() && result instanceof Result.Refused(String message)) {
      begun.remove(key(base));
      return known(base, new Known.Refused(message), run);
    }
    boolean succeeded = result instanceof Result.Exited(int code, _) && code == 0;
    BegunCommand after = before.and(succeeded, place.pod() + ": " + told(result));
    if (!after.over()) {
      begun.put(key(base), after);
      return new Ran.Write(
          Results.progress(base, LifecycleReason.CommandStarted, after.sentence(), run.now()),
          Outcome.waiting(NEXT_PLACE, LifecycleReason.CommandStarted));
    }
    begun.remove(key(base));
    boolean success = after.succeeded() > 0;
    return known(
        base,
        success,
        success ? LifecycleReason.CommandSucceeded : LifecycleReason.CommandFailed,
        after.sentence(),
        run);
  }

  private String told(Result result) {
    return switch (result) {
      case Result.Exited(int code, _) when code == 0 -> "exit code 0";
      case Result.Exited(int code, String output) ->
          "exit code " + code + (output.isBlank() ? "" : ", it wrote: " + shown(output));
      case Result.Refused(String message) -> "not begun: " + message;
      case Result.NotBegun(String message) -> "not begun: " + message;
      case Result.Lost(String message) -> "no result: " + message;
    };
  }

  private String shown(String output) {
    String clean = redactor.redact(output.strip());
    return clean.length() <= MOST_OUTPUT
        ? clean
        : "…" + clean.substring(clean.length() - MOST_OUTPUT);
  }

  private Ran evict(Remediation base, Effect.Evict evict, RunContext run) {
    return switch (evictor.evict(evict)) {
      case Answer.Ok<Boolean> _ -> evicted(base, evict, run);
      case Answer.Failed<Boolean>(ApiFailure failure) -> notEvicted(base, evict, failure, run);
    };
  }

  /** Said once, so that whoever finds the record knows that pods are gone already. */
  private static Ran evicted(Remediation base, Effect.Evict evict, RunContext run) {
    Outcome next = Outcome.waiting(Duration.ofSeconds(1), LifecycleReason.RestartingPods);
    boolean said = LifecycleReason.RestartingPods.name().equals(base.statusOrEmpty().reason());
    return said
        ? new Ran.Only(next)
        : new Ran.Write(
            Results.progress(
                base,
                LifecycleReason.RestartingPods,
                "pod " + evict.pod() + " was evicted; waits for the one that comes for it",
                run.now()),
            next);
  }

  private static Ran notEvicted(
      Remediation base, Effect.Evict evict, ApiFailure failure, RunContext run) {
    return switch (failure) {
      case ApiFailure.Throttled(Duration after, String message) -> {
        Duration pause = after.compareTo(BUDGET_PAUSE) < 0 ? BUDGET_PAUSE : after;
        yield new Ran.Write(
            Results.progress(
                base,
                LifecycleReason.DisruptionBudget,
                "pod " + evict.pod() + " may not be evicted yet: " + message,
                run.now()),
            Outcome.waiting(pause, LifecycleReason.DisruptionBudget));
      }
      // Gone or another one: the next look sees that.
      case ApiFailure.NotFound _,
          ApiFailure.Conflict _,
          ApiFailure.AlreadyExists _,
          ApiFailure.Expired _ ->
          new Ran.Only(Outcome.waiting(Duration.ofMillis(100), ActReason.Conflict));
      case ApiFailure.Forbidden _, ApiFailure.Invalid _ ->
          new Ran.Write(Results.changeRefused(base, failure.message(), run.now()), Outcome.DONE);
      case ApiFailure.QuotaExceeded _, ApiFailure.NamespaceTerminating _, ApiFailure.Transient _ ->
          new Ran.Only(failure.outcome(ActReason.WriteFailed));
    };
  }

  private Ran patch(Remediation base, Effect.Patch patch, RunContext run) {
    return switch (patcher.patch(patch, key(base))) {
      // The next look finds our key on the object, as it would after a crash.
      case Answer.Ok<LiveObject> _ ->
          new Ran.Only(Outcome.waiting(Duration.ofMillis(100), LifecycleReason.Scheduled));
      case Answer.Failed<LiveObject>(ApiFailure failure) -> notPatched(base, patch, failure, run);
    };
  }

  private Ran notPatched(Remediation base, Effect.Patch patch, ApiFailure failure, RunContext run) {
    return switch (failure) {
      case ApiFailure.NotFound _,
          ApiFailure.Conflict _,
          ApiFailure.AlreadyExists _,
          ApiFailure.Expired _ ->
          new Ran.Only(Outcome.waiting(CONFLICT_PAUSE, ActReason.Conflict));
      case ApiFailure.Forbidden _ ->
          refused(
              base,
              failure.message()
                  + "; give the account that right, and let the operator be it: "
                  + AccountChoice.bindingHint(patch.target().namespace()),
              run);
      // The server's own sentence may repeat what was to be written.
      case ApiFailure.Invalid invalid ->
          refused(
              base,
              patch.target().kind().equals("Secret")
                  ? "the API server refused the patch of a Secret (HTTP " + invalid.code() + ")"
                  : "the API server refused the patch: " + redactor.redact(invalid.message()),
              run);
      case ApiFailure.QuotaExceeded _,
          ApiFailure.NamespaceTerminating _,
          ApiFailure.Throttled _,
          ApiFailure.Transient _ ->
          new Ran.Only(failure.outcome(ActReason.WriteFailed));
    };
  }

  private static Ran refused(Remediation base, String message, RunContext run) {
    return new Ran.Write(Results.refused(base, message, run.now()), Outcome.DONE);
  }

  private Ran call(Remediation base, Effect.Call call, RunContext run) {
    String namespace = Objects.requireNonNull(base.statusOrEmpty().target()).namespace();
    Optional<String> body = WebhookBody.text(base, call.call());
    if (body.isEmpty()) {
      return known(base, false, LifecycleReason.NotDelivered, TOO_LONG, run);
    }
    return switch (webhooks.send(call.call(), namespace, body.get(), key(base))) {
      case Reply.Answered(int status) when status / 100 == 2 ->
          known(base, true, LifecycleReason.Delivered, "answered " + status, run);
      case Reply.Answered(int status) when status >= 500 || PASSING.contains(status) ->
          again(base, call, "answered " + status, run);
      case Reply.Answered(int status) ->
          known(
              base,
              false,
              LifecycleReason.NotDelivered,
              "answered " + status + (status / 100 == 3 ? "; redirects are not followed" : ""),
              run);
      case Reply.Refused(String message) ->
          new Ran.Write(
              Results.refused(base, "the webhook may not be called: " + message, run.now()),
              Outcome.DONE);
      case Reply.Failed(String message) -> again(base, call, message, run);
    };
  }

  private Ran again(Remediation base, Effect.Call call, String message, RunContext run) {
    // Told once: a write of each failure would be an event, and that would end the pause.
    boolean told = LifecycleReason.CallFailed.name().equals(base.statusOrEmpty().reason());
    // One that waited for a place all the time has been tried once only.
    if (call.last() && told) {
      return known(base, false, LifecycleReason.NotDelivered, message, run);
    }
    Outcome later =
        new Outcome.Retry(LifecycleReason.CallFailed, new IllegalStateException(message));
    return told
        ? new Ran.Only(later)
        : new Ran.Write(
            Results.progress(
                base, LifecycleReason.CallFailed, message + "; it is called again", run.now()),
            later);
  }

  private Ran known(
      Remediation base, boolean success, LifecycleReason reason, String message, RunContext run) {
    return known(base, new Known.Ended(success, reason, message), run);
  }

  private Ran known(Remediation base, Known known, RunContext run) {
    unwritten.put(key(base), known);
    return ended(base, known, run);
  }

  private static Ran ended(Remediation base, Known known, RunContext run) {
    return new Ran.Write(
        switch (known) {
          case Known.Ended(boolean success, LifecycleReason reason, String message) ->
              Results.ended(base, success, reason, message, run.now());
          case Known.Refused(String message) -> Results.refused(base, message, run.now());
        },
        Outcome.DONE);
  }

  private static String annotation(Remediation base, String name) {
    Map<String, String> annotations = base.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "").strip();
  }

  private static String key(Remediation base) {
    RecordedIntent intent = Objects.requireNonNull(base.statusOrEmpty().intent());
    return intent.key();
  }
}
