// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.contract.ActionPluginContract;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.Samples;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class GitlabContractTest extends ActionPluginContract {

  private GitlabStandIn gitlab;

  @BeforeEach
  void start() {
    gitlab = new GitlabStandIn();
    gitlab.script("pending", "success");
  }

  @AfterEach
  void stop() {
    gitlab.close();
  }

  @Override
  protected ActionPlugin plugin() {
    return new GitlabPipelinesPlugin();
  }

  @Override
  protected PluginEnvironment environment() {
    return GivenEnvironment.of(
        Map.of("GITLAB_URL", gitlab.url(), "GITLAB_TOKEN", GitlabStandIn.TOKEN));
  }

  @Override
  protected ActionRequest good() {
    return request("{\"project\":21,\"destroy\":true}");
  }

  @Override
  protected ActionRequest bad() {
    return request("{}");
  }

  private static ActionRequest request(String config) {
    return new ActionRequest(
        7,
        "a",
        "Database",
        "v1",
        1,
        Samples.json("{\"size\":5}"),
        Samples.json(config),
        Samples.json("{}"),
        Samples.json("{}"),
        "7-1-1");
  }
}
