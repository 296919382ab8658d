// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.contract.ActionPluginContract;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.MoodyServer;
import io.heal8s.resource.testing.MoodyServer.Reply;
import io.heal8s.resource.testing.Samples;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class HttpActionContractTest extends ActionPluginContract {

  private MoodyServer server;

  @BeforeEach
  void start() {
    server = new MoodyServer();
    server.answers(
        received ->
            received.method().equals("POST")
                ? Reply.json(202, "").with("Location", "/run")
                : Reply.json(200, "{}"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected ActionPlugin plugin() {
    return new HttpActionPlugin();
  }

  @Override
  protected PluginEnvironment environment() {
    return GivenEnvironment.of(
        Map.of(
            "OUTBOUND_PLAIN_HTTP",
            "true",
            "OUTBOUND_PORTS",
            Integer.toString(server.port()),
            "OUTBOUND_ALLOWED_CIDRS",
            "127.0.0.0/8"));
  }

  @Override
  protected ActionRequest good() {
    String url = server.url("/x");
    return request("{\"url\":\"%s\",\"destroy\":{\"url\":\"%s\"}}".formatted(url, url));
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
