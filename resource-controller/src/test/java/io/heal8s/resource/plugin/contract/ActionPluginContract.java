// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What every action plugin must do. */
public abstract class ActionPluginContract {

  private static final int LARGEST_HANDLE = 64 << 10;
  private static final int MOST_POLLS = 1_000;

  /** What the plugin is opened with. */
  protected abstract PluginEnvironment environment();

  /** A request that the plugin can apply in the world of this test. */
  protected abstract ActionRequest good();

  /** One that it must refuse before it is stored. */
  protected abstract ActionRequest bad();

  /** A new plugin, not opened. */
  protected abstract ActionPlugin plugin();

  /** Called between two polls, for a world that must be moved on. */
  protected void pass() {}

  private ActionPlugin opened() {
    ActionPlugin plugin = plugin();
    plugin.open(environment());
    return plugin;
  }

  @Test
  void itIsFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(ActionPlugin.class).stream().map(ServiceLoader.Provider::type))
        .as("META-INF/services names it, and it has a public constructor without parameters")
        .contains(plugin().getClass());
  }

  @Test
  void itIsTheSameAtEveryCall() {
    ActionPlugin plugin = plugin();
    PluginInfo info = plugin.info();
    assertThat(info.name()).matches("[a-z0-9_-]{1,50}");
    assertThat(info.apiVersion()).isEqualTo(ActionPlugin.API_VERSION);
    assertThat(plugin().info()).isEqualTo(info);
    assertThat(plugin().capabilities()).isEqualTo(plugin.capabilities());
  }

  @Test
  void whatCanNeverBeAppliedIsRefusedAndTheRestIsNot() {
    try (Closing plugin = new Closing(opened())) {
      assertThat(plugin.it().validateSpec(bad())).isNotEmpty().allMatch(each -> !each.isBlank());
      assertThat(plugin.it().validateSpec(good())).isEmpty();
    }
  }

  @Test
  void applyAndDestroyComeToAnEndAndCanBeRepeated() {
    try (Closing plugin = new Closing(opened())) {
      assertThat(ended(plugin.it(), plugin.it().apply(planned(plugin.it()))))
          .isInstanceOf(Step.Done.class);
      if (!plugin.it().capabilities().contains(Capability.WRITE_AHEAD)) {
        // After a crash it is called again.
        assertThat(ended(plugin.it(), plugin.it().apply(planned(plugin.it()))))
            .isInstanceOf(Step.Done.class);
      }
      assertThat(ended(plugin.it(), plugin.it().destroy(good()))).isInstanceOf(Step.Done.class);
      assertThat(ended(plugin.it(), plugin.it().destroy(good())))
          .as("there is nothing left to destroy, which is fine")
          .isInstanceOf(Step.Done.class);
    }
  }

  @Test
  void anotherProcessCanGoOn() {
    Step step;
    try (Closing first = new Closing(opened())) {
      step = first.it().apply(planned(first.it()));
    }
    try (Closing second = new Closing(opened())) {
      assertThat(ended(second.it(), step)).isInstanceOf(Step.Done.class);
      ended(second.it(), second.it().destroy(good()));
    }
  }

  @Test
  void whatRunsCanBeCancelled() {
    try (Closing plugin = new Closing(opened())) {
      boolean cancels = plugin.it().capabilities().contains(Capability.CANCEL);
      ActionRequest planned = planned(plugin.it());
      if (cancels && plugin.it().apply(planned) instanceof Step.Running running) {
        // Asked once, as the loop does it: from then on it only polls.
        Step step = plugin.it().cancel(good(), stored(running.handle()));
        assertThat(ended(plugin.it(), step)).isNotInstanceOf(Step.Running.class);
      }
    }
  }

  @Test
  void closingAPluginThatWasNeverOpenedIsFine() {
    plugin().close();
  }

  /** As it is applied: with the plan that the plugin made. */
  private ActionRequest planned(ActionPlugin plugin) {
    return switch (plugin.plan(good())) {
      case PlanResult.Changes(String plan) -> good().withPlan(plan);
      case PlanResult.NoChanges(String plan) -> good().withPlan(plan);
      case PlanResult.Failed(String message) -> throw new AssertionError(message);
      case PlanResult.Later(var _, String message) -> throw new AssertionError(message);
    };
  }

  private Step ended(ActionPlugin plugin, Step first) {
    Step step = first;
    for (int i = 0; i < MOST_POLLS && step instanceof Step.Running running; i++) {
      assertThat(running.pollAfter().isPositive()).isTrue();
      pass();
      step = plugin.poll(good(), stored(running.handle()));
    }
    return step;
  }

  private static JsonNode stored(JsonNode handle) {
    assertThat(handle.toString().getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(LARGEST_HANDLE);
    return tools.jackson.databind.json.JsonMapper.shared().readTree(handle.toString());
  }

  private record Closing(ActionPlugin it) implements AutoCloseable {
    @Override
    public void close() {
      it.close();
    }
  }
}
