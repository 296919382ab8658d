// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Calls an address. Its configuration is the resource's {@code plugin_config} over the type's
 * {@code metadata.http}; docs/spec/http-action.md has the fields. A call that may have arrived is
 * made again with the same {@code Idempotency-Key}.
 */
public final class HttpActionPlugin implements ActionPlugin {

  private static final Duration LOST_QUESTION = Duration.ofSeconds(10);

  private @Nullable OutboundHttpClient client;
  private @Nullable PluginEnvironment environment;

  /** For ServiceLoader. */
  public HttpActionPlugin() {}

  @Override
  public PluginInfo info() {
    return new PluginInfo("http", "1.0.0", API_VERSION);
  }

  @Override
  public void open(PluginEnvironment given) {
    environment = given;
    client = new OutboundHttpClient(HttpSettings.outbound(given.settings()));
  }

  @Override
  public List<String> validateSpec(ActionRequest request) {
    return HttpCall.problems(request);
  }

  @Override
  public List<String> validateChange(ActionRequest now, ActionRequest wanted) {
    return HttpConfig.problems(now, wanted);
  }

  @Override
  public PlanResult plan(ActionRequest request) {
    HttpCall call;
    try {
      call = HttpCall.apply(HttpConfig.of(request));
    } catch (IllegalArgumentException e) {
      return new PlanResult.Failed(String.valueOf(e.getMessage()));
    }
    return new PlanResult.Changes(call.method() + " " + call.url());
  }

  @Override
  public Step apply(ActionRequest request) {
    HttpCall call;
    try {
      call = HttpCall.apply(HttpConfig.of(request));
    } catch (IllegalArgumentException e) {
      return Step.Failed.because(String.valueOf(e.getMessage()));
    }
    return call(call, "apply", request);
  }

  @Override
  public Step destroy(ActionRequest request) {
    Optional<HttpCall> call;
    try {
      call = HttpCall.destroy(HttpConfig.of(request));
    } catch (IllegalArgumentException e) {
      return Step.Failed.because(String.valueOf(e.getMessage()));
    }
    return call.isEmpty()
        ? new Step.Done(Step.Changes.NONE, null, "nothing to call")
        : call(call.get(), "destroy", request);
  }

  private Step call(HttpCall call, String operation, ActionRequest request) {
    CallSecrets secrets = new CallSecrets(environment()::secret);
    OutboundRequest sent;
    try {
      sent = call.request(operation, request, secrets);
    } catch (IllegalArgumentException e) {
      return Step.Failed.because(String.valueOf(e.getMessage()));
    }
    return step(client().send(sent), new Answers(sent, operation, secrets));
  }

  @Override
  public Step poll(ActionRequest request, JsonNode handle) {
    String operation = handle.path("operation").asString("");
    OutboundRequest get =
        OutboundRequest.of("GET", URI.create(handle.path("location").asString("")));
    CallSecrets secrets = new CallSecrets(environment()::secret);
    try {
      HttpCall call = started(request, operation);
      if (Origin.of(call.address(request)).equals(Origin.of(get.uri()))) {
        for (Map.Entry<String, HttpCall.Header> each : call.headers().entrySet()) {
          get = get.header(each.getKey(), secrets.value(each.getValue()));
        }
      }
    } catch (IllegalArgumentException e) {
      return new Step.Running(handle, LOST_QUESTION, e.getMessage());
    }
    OutboundResult result = client().send(get);
    if (result instanceof OutboundResult.Failed failed) {
      // What runs outside goes on; only our question got lost.
      return new Step.Running(handle, LOST_QUESTION, failed.message());
    }
    return step(result, new Answers(get, operation, secrets));
  }

  /** The call that began what is asked for. */
  private static HttpCall started(ActionRequest request, String operation) {
    JsonNode config = HttpConfig.of(request);
    return operation.equals("destroy")
        ? HttpCall.destroy(config).orElseGet(() -> HttpCall.apply(config))
        : HttpCall.apply(config);
  }

  private static Step step(OutboundResult result, Answers answers) {
    return switch (result) {
      case OutboundResult.Refused(var _, String message) -> Step.Failed.because(message);
      case OutboundResult.Failed(var _, String message) -> Step.Failed.because(message);
      case OutboundResult.Response answer -> answers.step(answer);
    };
  }

  private OutboundHttpClient client() {
    return Objects.requireNonNull(client, "open comes first");
  }

  private PluginEnvironment environment() {
    return Objects.requireNonNull(environment, "open comes first");
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
