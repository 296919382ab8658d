// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.resource.plugin.Step;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer means.
 *
 * @param sent the request
 * @param operation apply or destroy
 * @param secrets of the call
 */
record Answers(OutboundRequest sent, String operation, CallSecrets secrets) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration FIRST_POLL = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);
  private static final int ACCEPTED = 202;
  private static final Set<Integer> GONE = Set.of(404, 410);

  Step step(OutboundResult.Response answer) {
    int status = answer.status();
    Optional<String> location = answer.header("Location");
    if (status == ACCEPTED && (location.isPresent() || sent.method().equals("GET"))) {
      return accepted(answer, location.orElse(""));
    }
    boolean isDestroy = operation.equals("destroy");
    if (status / 100 == 2 || (isDestroy && GONE.contains(status))) {
      Step.Changes changes = isDestroy ? new Step.Changes(0, 0, 1) : new Step.Changes(0, 1, 0);
      return new Step.Done(
          changes, isDestroy ? null : outputs(answer), sent + " answered " + status);
    }
    return new Step.Failed(sent + " answered " + status, "", retryAfter(answer).orElse(null));
  }

  private Step accepted(OutboundResult.Response answer, String location) {
    URI asked;
    try {
      asked = location.isEmpty() ? sent.uri() : sent.uri().resolve(location);
    } catch (IllegalArgumentException e) {
      return Step.Failed.because(sent + " answered 202 with a Location that is no address");
    }
    ObjectNode handle =
        JSON.createObjectNode().put("operation", operation).put("location", asked.toString());
    return new Step.Running(handle, retryAfter(answer).orElse(FIRST_POLL), null);
  }

  /** The answer, if it is an object of JSON. */
  private JsonNode outputs(OutboundResult.Response answer) {
    ObjectNode outputs = JSON.createObjectNode().put("status", answer.status());
    try {
      JsonNode body = JSON.readTree(new String(answer.body().bytes(), StandardCharsets.UTF_8));
      if (body != null && body.isObject()) {
        outputs.set("body", secrets.masked(body));
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
}
