// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.kubernetes;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServerSideApplier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads custom resources, and writes what is ours of them: a finalizer and the status. */
final class CustomObjects {

  /** Keeps the object until its resource is gone. */
  static final String FINALIZER = "resources.heal8s.io/destroy";

  private static final String FIELD_MANAGER = "heal8s-resource-input";

  private final KubernetesReader reader;
  private final ServerSideApplier applier;

  CustomObjects(KubernetesApi api) {
    this.reader = new KubernetesReader(api);
    this.applier = new ServerSideApplier(api, FIELD_MANAGER);
  }

  Answer<List<JsonNode>> list(CustomKinds.Type type, String namespace) {
    return reader
        .list(type.kind(), Selector.namespace(namespace))
        .map(
            objects ->
                objects.stream()
                    .map(object -> JsonMapper.shared().readTree(object.toString()))
                    .toList());
  }

  static boolean isHeld(JsonNode object) {
    return object
        .path("metadata")
        .path("finalizers")
        .valueStream()
        .anyMatch(each -> each.asString("").equals(FINALIZER));
  }

  Optional<ApiFailure> hold(CustomKinds.Type type, JsonNode object) {
    return applied(
        applier.apply(
            type.kind(),
            key(object),
            same(object),
            Map.of("metadata", Map.of("finalizers", List.of(FINALIZER)))));
  }

  Optional<ApiFailure> release(CustomKinds.Type type, JsonNode object) {
    return applied(applier.apply(type.kind(), key(object), same(object), Map.of()));
  }

  Optional<ApiFailure> status(CustomKinds.Type type, JsonNode object, JsonNode status) {
    return applied(
        applier.applyStatus(
            type.kind(), key(object), same(object), JsonParser.parseString(status.toString())));
  }

  private static Optional<ApiFailure> applied(Answer<JsonObject> answer) {
    return switch (answer) {
      case Answer.Ok<JsonObject> _ -> Optional.empty();
      // It went meanwhile, which the next look shows.
      case Answer.Failed<JsonObject>(ApiFailure.NotFound _) -> Optional.empty();
      case Answer.Failed<JsonObject>(ApiFailure.Conflict _) -> Optional.empty();
      case Answer.Failed<JsonObject>(ApiFailure failure) -> Optional.of(failure);
    };
  }

  private static ObjectKey key(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return new ObjectKey(
        metadata.path("namespace").asString(""), metadata.path("name").asString(""));
  }

  private static Precondition same(JsonNode object) {
    return new Precondition(object.path("metadata").path("uid").asString(""), null);
  }
}
