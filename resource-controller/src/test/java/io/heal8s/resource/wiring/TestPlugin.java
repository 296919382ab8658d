// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import java.util.List;

/**
 * Acts at once and does nothing; fails where the plugin configuration says {@code {"fail": why}},
 * and does not know whether it acted where that says {@code {"unsure": why}}. Found by the
 * ServiceLoader.
 */
public final class TestPlugin implements ActionPlugin {

  /** Made by the ServiceLoader. */
  public TestPlugin() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo("test", "1.0.0", API_VERSION);
  }

  @Override
  public Step apply(ActionRequest request) {
    String unsure = request.pluginConfig().path("unsure").asString("");
    if (!unsure.isEmpty()) {
      return new Step.Unknown(unsure);
    }
    String fail = request.pluginConfig().path("fail").asString("");
    return fail.isEmpty()
        ? new Step.Done(new Step.Changes(1, 0, 0), null, "done")
        : Step.Failed.because(fail);
  }

  @Override
  public Step destroy(ActionRequest request) {
    return new Step.Done(new Step.Changes(0, 0, 1), null, "gone");
  }

  /** It does not move from where the configuration says {@code {"home": where}}. */
  @Override
  public List<String> validateChange(ActionRequest now, ActionRequest wanted) {
    String home = now.pluginConfig().path("home").asString("");
    String next = wanted.pluginConfig().path("home").asString("");
    return next.equals(home)
        ? List.of()
        : List.of("home is %s and cannot become %s".formatted(home, next));
  }
}
