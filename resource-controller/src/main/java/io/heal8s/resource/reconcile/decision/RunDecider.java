// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.core.decide.naming.StableHash;
import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.RunIntent.Ask;
import io.heal8s.resource.reconcile.decision.RunIntent.Call;
import io.heal8s.resource.reconcile.decision.RunIntent.WriteAhead;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides one run, step by step: what to do first with a claimed resource, and what after each
 * answer, until the claim ends. Deletion cancels what can be cancelled and follows what cannot; a
 * change of what is wanted follows the run that is under way, and takes the place of one that never
 * happened.
 */
public final class RunDecider {

  private static final int PLAN_ID_DIGITS = 16;
  private static final String UNSTORABLE = "The answer of the plugin cannot be stored";

  private final Work work;
  private final RunPolicy policy;
  private final Endings endings;

  /**
   * @param work what was claimed
   * @param policy what may be counted on
   * @param draw for jitter, uniform from 0 up to but not 1
   */
  public RunDecider(Work work, RunPolicy policy, double draw) {
    this.work = work;
    this.policy = policy;
    this.endings = new Endings(work, policy, draw);
  }

  /** What to do first. */
  public RunIntent first(Instant now) {
    RunState run = work.run();
    if (run == null) {
      return begin(now);
    }
    return switch (run.phase()) {
      case HELD -> work.deleted() ? dispatch(fresh(Operation.DESTROY)) : endings.stillHeld(run);
      case DISPATCHING -> new Ask(Call.RECOVER, run);
      case CANCELLING -> new Ask(Call.POLL, run);
      case RUNNING ->
          isUnwanted(run) && policy.can(Capability.CANCEL)
              ? new Ask(Call.CANCEL, run)
              : new Ask(Call.POLL, run);
    };
  }

  private RunIntent begin(Instant now) {
    if (work.deleted()) {
      return work.finalizers().contains(work.actionPlugin())
          ? dispatch(fresh(Operation.DESTROY))
          : endings.letGo(null, now);
    }
    if (work.actionPlugin().isEmpty()) {
      return endings.parked(null);
    }
    boolean isAsWanted =
        work.trigger() == Trigger.SCHEDULED
            && work.status() == ResourceStatus.READY
            && work.generation() == work.observedGeneration();
    if (!isAsWanted) {
      return new Ask(Call.PLAN, fresh(Operation.APPLY));
    }
    return policy.can(Capability.DRIFT)
        ? new Ask(Call.DETECT_DRIFT, fresh(Operation.APPLY))
        : endings.parked(null);
  }

  /**
   * What to do when this process does not have the plugin. Another one may: a run is left alone.
   */
  public RunIntent withoutPlugin(String message, Instant now) {
    RunState run = work.run();
    return run == null
        ? endings.failed(
            fresh(work.deleted() ? Operation.DESTROY : Operation.APPLY),
            Step.Failed.because(message),
            now)
        : endings.later(run, now);
  }

  /**
   * How a claim ends in the place of an end, or of a dispatch, that the database refuses: nothing
   * of what the plugin answered is kept.
   *
   * @param underWay what that end left under way; null for nothing
   */
  public RunIntent.End unstorable(@Nullable RunState underWay, Instant now) {
    if (underWay != null) {
      // It works on, and without its handle nobody can ask for it.
      return endings.held(underWay.withPlan(""), new Step.Unknown(UNSTORABLE, true), now);
    }
    RunState run = work.run();
    RunState ended =
        run == null ? fresh(work.deleted() ? Operation.DESTROY : Operation.APPLY) : run;
    return endings.failed(ended.withPlan(""), Step.Failed.because(UNSTORABLE), now);
  }

  /** What to do after an answer. */
  public RunIntent next(RunState state, RunAnswer answer, Instant now) {
    return switch (answer) {
      case RunAnswer.WrittenAhead() -> new Ask(call(state.operation()), state);
      case RunAnswer.Compared(DriftResult drift) ->
          switch (drift) {
            case DriftResult.InSync() -> endings.asWanted(now);
            case DriftResult.Unclear(String _) -> endings.asWanted(now);
            case DriftResult.Drifted(String _) -> new Ask(Call.PLAN, state.drifted());
          };
      case RunAnswer.Planned(PlanResult plan) -> planned(state, plan, now);
      case RunAnswer.Stepped(Call call, Step step) -> stepped(state, call, step, now);
    };
  }

  private RunIntent planned(RunState state, PlanResult plan, Instant now) {
    return switch (plan) {
      case PlanResult.Failed(String message) ->
          endings.failed(state, new Step.Failed(orElse(message, "Plan failed"), "", null), now);
      case PlanResult.Later(Duration pause, String message) ->
          endings.postponed(null, pause, message, now);
      case PlanResult.NoChanges(String output) ->
          endings.succeeded(
              state.withPlan(output), new Step.Done(Step.Changes.NONE, null, ""), now);
      case PlanResult.Changes(String output) -> {
        RunState planned = state.withPlan(output);
        yield isApproved(planned)
            ? dispatch(planned)
            : endings.awaitingApproval(planId(planned), output, now);
      }
    };
  }

  private RunIntent stepped(RunState state, Call call, Step step, Instant now) {
    if (step instanceof Step.Running running) {
      Phase phase =
          call == Call.CANCEL || state.phase() == Phase.CANCELLING
              ? Phase.CANCELLING
              : Phase.RUNNING;
      return endings.underWay(state.at(phase, running.handle()), running, now);
    }
    if (step instanceof Step.Later later) {
      // What is under way stays so; a dispatch that was not sent is planned anew.
      RunState stays = call == Call.APPLY || call == Call.DESTROY ? null : state;
      return endings.postponed(stays, later.pause(), later.message(), now);
    }
    if (isUnwanted(state)) {
      // However it ended: what it left behind is removed.
      return dispatch(fresh(Operation.DESTROY));
    }
    return switch (step) {
      case Step.Running _, Step.Later _ -> throw new IllegalStateException("handled above");
      case Step.Done done ->
          state.operation() == Operation.DESTROY
              ? endings.destroyed(state, done, now)
              : endings.succeeded(state, done, now);
      case Step.Failed failed ->
          call == Call.RECOVER ? neverHappened(state, now) : endings.failed(state, failed, now);
      case Step.Unknown unknown -> unsure(state, call, unknown, now);
    };
  }

  private RunIntent unsure(RunState state, Call call, Step.Unknown unknown, Instant now) {
    if (unknown.dispatched()) {
      // Nothing is gained by a second one, and both would run.
      return endings.held(state, unknown, now);
    }
    return switch (policy.onUnknown()) {
      case HOLD -> endings.held(state, unknown, now);
      case REDISPATCH ->
          call == Call.RECOVER && mayHappen(state)
              ? dispatch(state)
              : endings.failed(state, Step.Failed.because(unknown.message()), now);
    };
  }

  private RunIntent neverHappened(RunState state, Instant now) {
    return mayHappen(state) ? dispatch(state) : endings.anew(now);
  }

  /** Whether a dispatch may still be made: it is wanted, and nobody has to be asked first. */
  private boolean mayHappen(RunState state) {
    return state.operation() == Operation.DESTROY
        || (state.generation() == work.generation() && isApproved(state));
  }

  private boolean isApproved(RunState planned) {
    return work.approval() == Approval.AUTOMATIC || planId(planned).equals(work.approvedPlan());
  }

  private static String planId(RunState planned) {
    return new StableHash()
        .number(planned.generation())
        .text(planned.planOutput())
        .hex(PLAN_ID_DIGITS);
  }

  private RunIntent dispatch(RunState state) {
    RunState next = state.dispatchedAs(work.nextKey());
    return policy.can(Capability.WRITE_AHEAD)
        ? new WriteAhead(next)
        : new Ask(call(next.operation()), next);
  }

  private RunState fresh(Operation operation) {
    return new RunState(
        Phase.DISPATCHING,
        operation,
        work.generation(),
        work.trigger(),
        false,
        work.claimedAt(),
        work.nextKey(),
        null,
        "",
        work.inputs());
  }

  private boolean isUnwanted(RunState run) {
    return work.deleted() && run.operation() == Operation.APPLY;
  }

  private static Call call(Operation operation) {
    return switch (operation) {
      case APPLY -> Call.APPLY;
      case DESTROY -> Call.DESTROY;
    };
  }

  static String orElse(@Nullable String text, String other) {
    return text == null || text.isBlank() ? other : text;
  }
}
