// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The REST API of GitLab, version 4, at the operator's address and with the operator's token. */
final class GitlabApi {

  private static final Duration USUAL_LIMIT = Duration.ofMinutes(1);
  private static final int LONGEST_MESSAGE = 300;
  private static final int PAGE = 100;

  /** Ten thousand of anything is enough. */
  private static final int MOST_PAGES = 100;

  private final GitlabSettings settings;
  private final OutboundHttpClient client;

  GitlabApi(GitlabSettings settings, OutboundHttpClient client) {
    this.settings = settings;
    this.client = client;
  }

  Reply get(String path) {
    return call("GET", path, null);
  }

  Reply post(String path, @Nullable JsonNode body) {
    return call("POST", path, body);
  }

  /**
   * All of a list, page by page.
   *
   * @return an array; the reply that stands in the way, where the first page cannot be read
   */
  Reply all(String path) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (int page = 1; page <= MOST_PAGES; page++) {
      Reply reply =
          get(path + (path.contains("?") ? "&" : "?") + "per_page=" + PAGE + "&page=" + page);
      if (!(reply instanceof Reply.Ok ok) || !ok.body().isArray()) {
        return page == 1 ? reply : new Reply.Ok(all);
      }
      ok.body().forEach(all::add);
      if (ok.body().size() < PAGE) {
        break;
      }
    }
    return new Reply.Ok(all);
  }

  private Reply call(String method, String path, @Nullable JsonNode body) {
    OutboundRequest request =
        OutboundRequest.of(method, URI.create(settings.api() + path))
            .header("Accept", "application/json")
            .header("User-Agent", "heal8s");
    Optional<String> token = settings.token();
    if (token.isPresent()) {
      request = request.header("PRIVATE-TOKEN", token.get());
    }
    if (body != null) {
      request = request.body("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }
    return switch (client.send(request)) {
      case OutboundResult.Refused refused -> new Reply.NotSent(refused.message());
      case OutboundResult.Failed failed ->
          switch (failed.kind()) {
            case NameNotResolved, ConnectFailed, TlsFailed -> new Reply.NotSent(failed.message());
            default -> new Reply.Unsure(failed.message());
          };
      case OutboundResult.Response response -> answered(response);
    };
  }

  private static Reply answered(OutboundResult.Response response) {
    int status = response.status();
    JsonNode body = json(response.body().bytes());
    if (status >= 200 && status < 300) {
      return new Reply.Ok(body);
    }
    String message = "%d %s".formatted(status, said(body)).strip();
    if (status == 429) {
      return new Reply.Limited(pause(response), message);
    }
    return status >= 500 ? new Reply.Unsure(message) : new Reply.Refused(status, message);
  }

  /** GitLab says what is wrong as a text or an object, under one of two names. */
  private static String said(JsonNode body) {
    JsonNode message = body.has("message") ? body.path("message") : body.path("error");
    String text =
        message.isString()
            ? message.stringValue()
            : message.isMissingNode() ? "" : message.toString();
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
  }

  private static Duration pause(OutboundResult.Response response) {
    return response
        .header("retry-after")
        .filter(text -> text.matches("\\d{1,5}"))
        .map(text -> Duration.ofSeconds(Math.clamp(Long.parseLong(text), 1L, 3600L)))
        .orElse(USUAL_LIMIT);
  }

  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0
          ? JsonNodeFactory.instance.objectNode()
          : JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
