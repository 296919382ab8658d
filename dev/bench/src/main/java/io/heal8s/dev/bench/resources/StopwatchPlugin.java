// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Acts at once, and remembers when it was asked to, by name, where that is wanted. */
public final class StopwatchPlugin implements ActionPlugin {

  private static final PlanResult PLAN = new PlanResult.Changes("");
  private static final Step DONE = new Step.Done(new Step.Changes(0, 1, 0), null, "");

  private final Map<String, Long> startedAt = new ConcurrentHashMap<>();
  private final boolean remembers;

  /** For ServiceLoader; one that does not remember. */
  public StopwatchPlugin() {
    this(false);
  }

  StopwatchPlugin(boolean remembers) {
    this.remembers = remembers;
  }

  /** {@link System#nanoTime()} of the first apply, by name of the resource. */
  Map<String, Long> startedAt() {
    return startedAt;
  }

  @Override
  public PluginInfo info() {
    return new PluginInfo("instant", "1.0.0", API_VERSION);
  }

  @Override
  public PlanResult plan(ActionRequest request) {
    return PLAN;
  }

  @Override
  public Step apply(ActionRequest request) {
    if (remembers) {
      startedAt.putIfAbsent(request.resourceName(), System.nanoTime());
    }
    return DONE;
  }

  @Override
  public Step destroy(ActionRequest request) {
    return DONE;
  }
}
