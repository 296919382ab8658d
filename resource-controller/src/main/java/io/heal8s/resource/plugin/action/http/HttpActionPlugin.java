// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.Step;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls an address. Its configuration is the resource's {@code plugin_config} over the type's
 * {@code metadata.http}; docs/spec/http-action.md has the fields. A call that may have arrived is
 * made again with the same {@code Idempotency-Key}.
 */
public final class HttpActionPlugin implements ActionPlugin {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration FIRST_POLL = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);
  private static final int ACCEPTED = 202;
  private static final Set<Integer> GONE = Set.of(404, 410);

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
    client = new OutboundHttpClient(outbound(given.settings()));
  }

  private static OutboundSettings outbound(Map<String, String> settings) {
    Set<Integer> ports =
        list(settings, "OUTBOUND_PORTS").stream()
            .map(Integer::valueOf)
            .collect(Collectors.toUnmodifiableSet());
    String timeout = settings.get("timeout");
    return new OutboundSettings(
        Boolean.parseBoolean(settings.get("OUTBOUND_PLAIN_HTTP"))
            ? Set.of("http", "https")
            : Set.of("https"),
        ports.isEmpty() ? null : ports,
        list(settings, "OUTBOUND_ALLOWED_CIDRS").stream().map(Cidr::valueOf).toList(),
        null,
        timeout == null ? USUAL_TIMEOUT : Duration.ofSeconds(Long.parseLong(timeout)),
        null,
        null);
  }

  private static List<String> list(Map<String, String> settings, String name) {
    return Arrays.stream(settings.getOrDefault(name, "").split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  @Override
  public List<String> validateSpec(ActionRequest request) {
    return HttpCall.problems(config(request));
  }

  @Override
  public PlanResult plan(ActionRequest request) {
    HttpCall call = HttpCall.apply(config(request));
    return new PlanResult.Changes(call.method() + " " + call.url());
  }

  @Override
  public Step apply(ActionRequest request) {
    return call(HttpCall.apply(config(request)), "apply", request);
  }

  @Override
  public Step destroy(ActionRequest request) {
    Optional<HttpCall> call = HttpCall.destroy(config(request));
    return call.isEmpty()
        ? new Step.Done(Step.Changes.NONE, null, "nothing to call")
        : call(call.get(), "destroy", request);
  }

  @Override
  public Step poll(ActionRequest request, JsonNode handle) {
    String operation = handle.path("operation").asString("");
    OutboundRequest get =
        OutboundRequest.of("GET", URI.create(handle.path("location").asString("")));
    HttpCall call = HttpCall.apply(config(request));
    for (Map.Entry<String, HttpCall.Header> each : call.headers().entrySet()) {
      if (sameHost(call, get)) {
        get = get.header(each.getKey(), secretOrText(each.getValue()));
      }
    }
    OutboundResult result = client().send(get);
    if (result instanceof OutboundResult.Failed failed) {
      // What runs outside goes on; only our question got lost.
      return new Step.Running(handle, FIRST_POLL.multipliedBy(10), failed.message());
    }
    return step(result, get, operation);
  }

  private Step call(HttpCall call, String operation, ActionRequest request) {
    OutboundRequest sent;
    try {
      sent = call.request(operation, request, environment()::secret);
    } catch (IllegalArgumentException e) {
      return Step.Failed.because(String.valueOf(e.getMessage()));
    }
    return step(client().send(sent), sent, operation);
  }

  private static Step step(OutboundResult result, OutboundRequest sent, String operation) {
    return switch (result) {
      case OutboundResult.Refused(var _, String message) -> Step.Failed.because(message);
      case OutboundResult.Failed(var _, String message) -> Step.Failed.because(message);
      case OutboundResult.Response answer -> answered(answer, sent, operation);
    };
  }

  private static Step answered(
      OutboundResult.Response answer, OutboundRequest sent, String operation) {
    int status = answer.status();
    Optional<String> location = answer.header("Location");
    if (status == ACCEPTED && (location.isPresent() || sent.method().equals("GET"))) {
      ObjectNode handle =
          JSON.createObjectNode()
              .put("operation", operation)
              .put("location", sent.uri().resolve(location.orElse("")).toString());
      return new Step.Running(handle, retryAfter(answer).orElse(FIRST_POLL), null);
    }
    boolean isDestroy = operation.equals("destroy");
    if (status / 100 == 2 || (isDestroy && GONE.contains(status))) {
      Step.Changes changes = isDestroy ? new Step.Changes(0, 0, 1) : new Step.Changes(0, 1, 0);
      return new Step.Done(
          changes, isDestroy ? null : outputs(answer), sent + " answered " + status);
    }
    return new Step.Failed(sent + " answered " + status, "", retryAfter(answer).orElse(null));
  }

  /** The answer, if it is an object of JSON. */
  private static JsonNode outputs(OutboundResult.Response answer) {
    ObjectNode outputs = JSON.createObjectNode().put("status", answer.status());
    try {
      JsonNode body = JSON.readTree(new String(answer.body().bytes(), StandardCharsets.UTF_8));
      if (body != null && body.isObject()) {
        outputs.set("body", body);
      }
    } catch (JacksonException notJson) {
      // Then only the status is told.
      return outputs;
    }
    return outputs;
  }

  private static Optional<Duration> retryAfter(OutboundResult.Response answer) {
    return answer
        .header("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(Long::parseLong)
        .map(Duration::ofSeconds)
        .filter(each -> each.compareTo(LONGEST_RETRY_AFTER) <= 0);
  }

  /** Credentials go nowhere but where they were meant for. */
  private static boolean sameHost(HttpCall call, OutboundRequest get) {
    URI own = URI.create(call.url().replaceAll("[{}]", ""));
    return Objects.equals(own.getHost(), get.uri().getHost())
        && own.getPort() == get.uri().getPort();
  }

  private String secretOrText(HttpCall.Header header) {
    return header.isSecret() ? environment().secret(header.text()).orElse("") : header.text();
  }

  private static JsonNode config(ActionRequest request) {
    ObjectNode merged = JSON.createObjectNode();
    request
        .typeMetadata()
        .path("http")
        .properties()
        .forEach(each -> merged.set(each.getKey(), each.getValue()));
    request.pluginConfig().properties().forEach(each -> merged.set(each.getKey(), each.getValue()));
    return merged;
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
