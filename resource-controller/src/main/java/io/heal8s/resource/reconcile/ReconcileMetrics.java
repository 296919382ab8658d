// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.WorkStore.Depth;
import io.heal8s.resource.reconcile.decision.Completion;
import io.heal8s.resource.reconcile.decision.RunAnswer;
import io.heal8s.resource.reconcile.decision.RunIntent.Call;
import io.heal8s.resource.reconcile.decision.Work;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What can be seen of the reconcile loop from outside. */
final class ReconcileMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofMinutes(2),
    Duration.ofMinutes(10),
    Duration.ofHours(1)
  };

  private final MeterRegistry registry;
  private final Map<String, Timer> durations = new ConcurrentHashMap<>();
  private final Map<String, Timer> calls = new ConcurrentHashMap<>();
  private final Timer waits;

  ReconcileMetrics(MeterRegistry registry, Supplier<Depth> depth) {
    this.registry = registry;
    this.waits =
        Timer.builder("heal8s.resource.queue.wait")
            .description("Time between being due and being claimed")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    gauge("heal8s.resource.queue.depth", "Resources that are due", depth, Depth::due);
    gauge("heal8s.resource.claims", "Resources that are claimed", depth, Depth::claimed);
    gauge(
        "heal8s.resource.queue.oldest.seconds",
        "How long the oldest of those that are due waits",
        depth,
        Depth::oldestDueSeconds);
    gauge(
        "heal8s.resource.lease.age.seconds",
        "Age of the oldest claim",
        depth,
        Depth::oldestClaimSeconds);
  }

  void claimed(Work work) {
    waits.record(Duration.ofNanos((long) (Math.max(0, work.waited()) * 1e9)));
  }

  void recorded(Completion completion, Instant now) {
    Completion.Attempt attempt = completion.attempt();
    if (attempt == null) {
      return;
    }
    String plugin = completion.work().actionPlugin();
    String result = attempt.success() ? "success" : "failure";
    durations
        .computeIfAbsent(plugin + " " + result, key -> timer(plugin, result))
        .record(nonNegative(Duration.between(attempt.startedAt(), now)));
  }

  /** A call of a plugin came back. */
  void called(String plugin, Call call, RunAnswer answer, Duration took) {
    String outcome = outcome(answer);
    calls
        .computeIfAbsent(
            plugin + " " + call + " " + outcome, key -> callTimer(plugin, call, outcome))
        .record(took);
  }

  private static String outcome(RunAnswer answer) {
    return switch (answer) {
      case RunAnswer.Planned(PlanResult plan) ->
          switch (plan) {
            case PlanResult.Changes _ -> "changes";
            case PlanResult.NoChanges _ -> "no_changes";
            case PlanResult.Failed _ -> "failed";
            case PlanResult.Later _ -> "later";
          };
      case RunAnswer.Compared(DriftResult drift) ->
          switch (drift) {
            case DriftResult.InSync _ -> "in_sync";
            case DriftResult.Drifted _ -> "drifted";
            case DriftResult.Unclear _ -> "unclear";
          };
      case RunAnswer.Stepped(Call _, Step step) ->
          switch (step) {
            case Step.Done _ -> "done";
            case Step.Running _ -> "running";
            case Step.Failed _ -> "failed";
            case Step.Later _ -> "later";
            case Step.Unknown _ -> "unknown";
          };
      case RunAnswer.WrittenAhead() -> "written";
    };
  }

  private Timer callTimer(String plugin, Call call, String outcome) {
    return Timer.builder("heal8s.resource.plugin.call")
        .description("Calls of action plugins")
        .tags(
            "action_plugin",
            plugin,
            "call",
            call.name().toLowerCase(Locale.ROOT),
            "outcome",
            outcome)
        .register(registry);
  }

  private static Duration nonNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private Timer timer(String plugin, String result) {
    return Timer.builder("heal8s.resource.reconcile.duration")
        .description("Attempts, from the claim to the end, waiting for outside runs included")
        .tags("action_plugin", plugin, "result", result)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private void gauge(
      String name, String description, Supplier<Depth> depth, ToDoubleFunction<Depth> value) {
    Gauge.builder(name, depth, supplier -> value.applyAsDouble(supplier.get()))
        .description(description)
        .strongReference(true)
        .register(registry);
  }
}
