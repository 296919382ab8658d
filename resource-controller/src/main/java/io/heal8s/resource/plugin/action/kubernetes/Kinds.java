// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import com.google.gson.JsonObject;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ApiStream;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ResourceType;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the server serves a kind; asked of the server once for each group and version. */
final class Kinds {

  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final KubernetesApi api;
  private final Map<String, Map<String, ResourceType<JsonObject>>> known =
      new ConcurrentHashMap<>();

  Kinds(KubernetesApi api) {
    this.api = api;
  }

  /** The kind of a member; a kind that is not served is {@link ApiFailure.Invalid}. */
  Answer<ResourceType<JsonObject>> of(Member member) {
    Map<String, ResourceType<JsonObject>> kinds = known.get(member.apiVersion());
    if (kinds == null || !kinds.containsKey(member.kind())) {
      // A CRD may have come since.
      switch (ask(member)) {
        case Answer.Failed<Map<String, ResourceType<JsonObject>>>(ApiFailure failure) -> {
          return new Answer.Failed<>(failure);
        }
        case Answer.Ok<Map<String, ResourceType<JsonObject>>>(var served) -> kinds = served;
      }
      known.put(member.apiVersion(), kinds);
    }
    ResourceType<JsonObject> kind = kinds.get(member.kind());
    return kind == null ? notServed(member) : new Answer.Ok<>(kind);
  }

  private static <T> Answer<T> notServed(Member member) {
    return new Answer.Failed<>(
        new ApiFailure.Invalid(
            404, "the cluster has no kind %s in %s".formatted(member.kind(), member.apiVersion())));
  }

  private Answer<Map<String, ResourceType<JsonObject>>> ask(Member member) {
    String path = (member.group().isEmpty() ? "/api/" : "/apis/") + member.apiVersion();
    return switch (api.stream(path, Map.of(), SILENCE)) {
      case Answer.Failed<ApiStream>(ApiFailure.NotFound _) -> notServed(member);
      case Answer.Failed<ApiStream>(ApiFailure failure) -> new Answer.Failed<>(failure);
      case Answer.Ok<ApiStream>(ApiStream stream) -> read(stream, member);
    };
  }

  private static Answer<Map<String, ResourceType<JsonObject>>> read(
      ApiStream stream, Member member) {
    try (stream) {
      StringBuilder text = new StringBuilder();
      for (String line = stream.readLine(); line != null; line = stream.readLine()) {
        text.append(line);
      }
      Map<String, ResourceType<JsonObject>> kinds = new ConcurrentHashMap<>();
      for (JsonNode each : JsonMapper.shared().readTree(text.toString()).path("resources")) {
        String plural = each.path("name").asString("");
        if (!plural.contains("/")) {
          String kind = each.path("kind").asString("");
          kinds.put(
              kind,
              ResourceType.untyped(
                  member.group(),
                  member.version(),
                  kind,
                  plural,
                  each.path("namespaced").asBoolean(false)));
        }
      }
      return new Answer.Ok<>(kinds);
    } catch (IOException | JacksonException e) {
      return new Answer.Failed<>(
          new ApiFailure.Transient(0, "the kinds of the cluster cannot be read", e));
    }
  }
}
