// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Acts in memory and at once, unless a test says otherwise. Remembers every call. */
public final class InstantPlugin implements ActionPlugin {

  /** A call that was made. */
  public record Made(String call, ActionRequest request) {}

  private final String name;
  private final Set<Capability> capabilities;
  private final List<Made> calls = new CopyOnWriteArrayList<>();
  private volatile Function<ActionRequest, PlanResult> plan =
      _ -> new PlanResult.Changes("all of it");
  private volatile Function<ActionRequest, Step> apply = _ -> done();
  private volatile Function<ActionRequest, Step> destroy = _ -> done();
  private volatile Function<ActionRequest, Step> recover = _ -> new Step.Unknown("no idea");
  private volatile BiFunction<ActionRequest, JsonNode, Step> poll = (_, _) -> done();
  private volatile BiFunction<ActionRequest, JsonNode, Step> cancel = (_, _) -> done();
  private volatile Function<ActionRequest, DriftResult> drift = _ -> new DriftResult.InSync();

  public InstantPlugin(String name, Capability... capabilities) {
    this.name = name;
    this.capabilities = Set.of(capabilities);
  }

  /** Done without a change of outputs. */
  public static Step done() {
    return new Step.Done(new Step.Changes(0, 1, 0), null, "done");
  }

  public InstantPlugin onPlan(Function<ActionRequest, PlanResult> answer) {
    plan = answer;
    return this;
  }

  public InstantPlugin onApply(Function<ActionRequest, Step> answer) {
    apply = answer;
    return this;
  }

  public InstantPlugin onDestroy(Function<ActionRequest, Step> answer) {
    destroy = answer;
    return this;
  }

  public InstantPlugin onRecover(Function<ActionRequest, Step> answer) {
    recover = answer;
    return this;
  }

  public InstantPlugin onPoll(BiFunction<ActionRequest, JsonNode, Step> answer) {
    poll = answer;
    return this;
  }

  public InstantPlugin onCancel(BiFunction<ActionRequest, JsonNode, Step> answer) {
    cancel = answer;
    return this;
  }

  public InstantPlugin onDrift(Function<ActionRequest, DriftResult> answer) {
    drift = answer;
    return this;
  }

  /** The calls that were made, in order. */
  public List<Made> calls() {
    return List.copyOf(calls);
  }

  /** How often one was made. */
  public long count(String call) {
    return calls.stream().filter(made -> made.call().equals(call)).count();
  }

  @Override
  public PluginInfo info() {
    return new PluginInfo(name, "1.0.0", API_VERSION);
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public PlanResult plan(ActionRequest request) {
    calls.add(new Made("plan", request));
    return plan.apply(request);
  }

  @Override
  public Step apply(ActionRequest request) {
    calls.add(new Made("apply", request));
    return apply.apply(request);
  }

  @Override
  public Step destroy(ActionRequest request) {
    calls.add(new Made("destroy", request));
    return destroy.apply(request);
  }

  @Override
  public Step poll(ActionRequest request, JsonNode handle) {
    calls.add(new Made("poll", request));
    return poll.apply(request, handle);
  }

  @Override
  public Step cancel(ActionRequest request, JsonNode handle) {
    calls.add(new Made("cancel", request));
    return cancel.apply(request, handle);
  }

  @Override
  public Step recover(ActionRequest request) {
    calls.add(new Made("recover", request));
    return recover.apply(request);
  }

  @Override
  public DriftResult detectDrift(ActionRequest request) {
    calls.add(new Made("detectDrift", request));
    return drift.apply(request);
  }
}
