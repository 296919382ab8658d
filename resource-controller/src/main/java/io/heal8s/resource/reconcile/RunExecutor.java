// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.reconcile.decision.RunAnswer;
import io.heal8s.resource.reconcile.decision.RunDecider;
import io.heal8s.resource.reconcile.decision.RunInputs;
import io.heal8s.resource.reconcile.decision.RunIntent;
import io.heal8s.resource.reconcile.decision.RunIntent.Call;
import io.heal8s.resource.reconcile.decision.RunPolicy;
import io.heal8s.resource.reconcile.decision.RunState;
import io.heal8s.resource.reconcile.decision.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Carries out one claim: does what the decider says, and tells it what came of it. */
final class RunExecutor {

  private static final Logger log = LoggerFactory.getLogger(RunExecutor.class);

  /** Who gets no slot within this time goes back to the queue, where other processes see it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PluginCatalog plugins;
  private final EngineSettings settings;
  private final Slots slots;
  private final Recorder recorder;
  private final ReconcileMetrics metrics;
  private final BooleanSupplier isAlive;
  private final Consumer<Duration> dueIn;
  private final InstantSource time;
  private final RandomGenerator random;

  /**
   * @param isAlive whether this process still owns its claims
   * @param dueIn told how soon a resource that was recorded is due again
   */
  RunExecutor(
      PluginCatalog plugins,
      EngineSettings settings,
      Slots slots,
      Recorder recorder,
      ReconcileMetrics metrics,
      BooleanSupplier isAlive,
      Consumer<Duration> dueIn,
      InstantSource time,
      RandomGenerator random) {
    this.plugins = plugins;
    this.settings = settings;
    this.slots = slots;
    this.recorder = recorder;
    this.metrics = metrics;
    this.isAlive = isAlive;
    this.dueIn = dueIn;
    this.time = time;
    this.random = random;
  }

  /**
   * Returns when the claim has ended or was given back or lost.
   *
   * @return false when it was lost, or nobody knows
   */
  boolean run(Work work) throws InterruptedException {
    metrics.claimed(work);
    Optional<ActionPlugin> plugin = plugins.action(work.actionPlugin());
    RunDecider decider = new RunDecider(work, policy(plugin), random.nextDouble());
    RunIntent intent =
        plugin.isEmpty() && !work.actionPlugin().isEmpty()
            ? decider.withoutPlugin(unknownPlugin(work), time.instant())
            : decider.first(time.instant());
    if (intent instanceof RunIntent.End end) {
      return end(decider, end);
    }
    try (Slots.@Nullable Slot slot = slots.acquire(work, PATIENCE)) {
      if (slot == null) {
        return recorder.release(work).join() == Recorded.WRITTEN;
      }
      intent = act(work, plugin.orElseThrow(), decider, intent);
    }
    return intent instanceof RunIntent.End end && end(decider, end);
  }

  /** Until the claim ends; null when it was lost. */
  private RunIntent.@Nullable End act(
      Work work, ActionPlugin plugin, RunDecider decider, RunIntent first) {
    RunIntent intent = first;
    while (true) {
      if (!isAlive.getAsBoolean()) {
        return null;
      }
      switch (intent) {
        case RunIntent.End end -> {
          return end;
        }
        case RunIntent.WriteAhead(RunState state) -> {
          switch (recorder.writeAhead(work, state).join()) {
            case WRITTEN ->
                intent = decider.next(state, new RunAnswer.WrittenAhead(), time.instant());
            case LOST -> {
              return null;
            }
            case REFUSED -> {
              return decider.unstorable(null, time.instant());
            }
          }
        }
        case RunIntent.Ask(Call call, RunState state) -> {
          long begin = System.nanoTime();
          RunAnswer answer = Storable.of(asked(plugin, call, state, work));
          metrics.called(
              work.actionPlugin(), call, answer, Duration.ofNanos(System.nanoTime() - begin));
          intent = decider.next(state, answer, time.instant());
        }
      }
    }
  }

  private boolean end(RunDecider decider, RunIntent.End end) {
    return switch (recorder.complete(end.completion()).join()) {
      case WRITTEN -> {
        recorded(end);
        yield true;
      }
      case LOST -> false;
      case REFUSED -> {
        // Given up it would be free a lease later, and the plugin called again, for ever.
        RunIntent.End instead = decider.unstorable(end.completion().next().run(), time.instant());
        boolean written = recorder.complete(instead.completion()).join() == Recorded.WRITTEN;
        if (written) {
          recorded(instead);
        }
        yield written;
      }
    };
  }

  private void recorded(RunIntent.End end) {
    metrics.recorded(end.completion(), time.instant());
    Instant due = end.completion().next().dueAt();
    if (due != null) {
      dueIn.accept(Duration.between(time.instant(), due));
    }
  }

  private static RunAnswer asked(ActionPlugin plugin, Call call, RunState state, Work work) {
    ActionRequest request = request(work, state);
    try {
      return switch (call) {
        case PLAN -> new RunAnswer.Planned(plugin.plan(request));
        case DETECT_DRIFT -> new RunAnswer.Compared(plugin.detectDrift(request));
        case APPLY -> new RunAnswer.Stepped(call, plugin.apply(request));
        case DESTROY -> new RunAnswer.Stepped(call, plugin.destroy(request));
        case POLL -> new RunAnswer.Stepped(call, plugin.poll(request, handle(state)));
        case CANCEL -> new RunAnswer.Stepped(call, plugin.cancel(request, handle(state)));
        case RECOVER -> new RunAnswer.Stepped(call, plugin.recover(request));
      };
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("plugin", work.actionPlugin())
          .addKeyValue("call", call)
          .addKeyValue("resource", work)
          .setCause(e)
          .log("An action plugin threw");
      return failure(call, Objects.requireNonNullElse(e.getMessage(), e.getClass().getName()));
    }
  }

  private static RunAnswer failure(Call call, String message) {
    return switch (call) {
      case PLAN -> new RunAnswer.Planned(new PlanResult.Failed(message));
      case DETECT_DRIFT ->
          new RunAnswer.Compared(new io.heal8s.resource.plugin.DriftResult.Unclear(message));
      // It may have happened before the plugin threw.
      case RECOVER -> new RunAnswer.Stepped(call, new Step.Unknown(message));
      case APPLY, DESTROY, POLL, CANCEL ->
          new RunAnswer.Stepped(call, Step.Failed.because(message));
    };
  }

  private static JsonNode handle(RunState state) {
    return Objects.requireNonNull(state.handle(), "a run that is polled has a handle");
  }

  /** About the run, not about what is wanted by now. */
  private static ActionRequest request(Work work, RunState state) {
    RunInputs inputs = state.inputs();
    return new ActionRequest(
        work.resourceId(),
        work.name(),
        work.typeName(),
        inputs.typeVersion(),
        state.generation(),
        inputs.spec(),
        inputs.pluginConfig(),
        inputs.typeMetadata(),
        work.outputs(),
        state.key(),
        state.planOutput(),
        state.startedAt());
  }

  private RunPolicy policy(Optional<ActionPlugin> plugin) {
    return new RunPolicy(
        plugin.map(ActionPlugin::capabilities).orElse(Set.of()),
        settings.onUnknown(),
        settings.backoff(),
        settings.driftInterval());
  }

  private String unknownPlugin(Work work) {
    return "Unknown action plugin: %s. Available plugins: %s"
        .formatted(work.actionPlugin(), String.join(", ", plugins.actionNames()));
  }
}
