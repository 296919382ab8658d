// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.polling;

import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.contract.InputPluginContract;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.MoodyServer;
import io.heal8s.resource.testing.MoodyServer.Reply;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class HttpPollingContractTest extends InputPluginContract {

  private final Map<String, String> items = new ConcurrentSkipListMap<>();
  private MoodyServer server;

  @BeforeEach
  void start() {
    server = new MoodyServer();
    server.answers(_ -> Reply.json(200, "[" + String.join(",", items.values()) + "]"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected InputPlugin plugin() {
    return new HttpPollingInput();
  }

  @Override
  protected PluginEnvironment environment() {
    return GivenEnvironment.of(
        Map.of("url", server.url("/list"), "interval", "0.1", "prune", "true"));
  }

  @Override
  protected void want(String name, int size) {
    items.put(
        name,
        """
        {"name":"%s","resource_type_name":"Database","resource_type_version":"v1",
         "action_plugin":"instant","spec":{"size":%d}}
        """
            .formatted(name, size));
  }

  @Override
  protected void babble() {
    items.put("bad", "{\"name\":7}");
  }

  @Override
  protected boolean unwant(String name) {
    items.remove(name);
    return true;
  }
}
