// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.ServerSideApplier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads, applies and deletes objects of any kind. */
final class ClusterObjects {

  /** Kept by the server on every field, so it never changes. */
  static final String FIELD_MANAGER = "heal8s-resource-controller";

  private final Kinds kinds;
  private final KubernetesReader reader;
  private final ServerSideApplier applier;
  private final KubernetesWriter writer;

  ClusterObjects(KubernetesApi api) {
    this.kinds = new Kinds(api);
    this.reader = new KubernetesReader(api);
    this.applier = new ServerSideApplier(api, FIELD_MANAGER);
    this.writer = new KubernetesWriter(api, FIELD_MANAGER);
  }

  /** The manifest's object as it is to be spoken of: a kind without namespaces has none. */
  Answer<Manifest> placed(Manifest manifest) {
    return kinds
        .of(manifest.member())
        .map(kind -> kind.namespaced() ? manifest : manifest.withoutNamespace());
  }

  Answer<Optional<JsonNode>> get(Member member) {
    return switch (kinds.of(member)) {
      case Answer.Failed<ResourceType<JsonObject>>(ApiFailure failure) ->
          new Answer.Failed<>(failure);
      case Answer.Ok<ResourceType<JsonObject>>(var kind) ->
          reader.get(kind, key(member)).map(found -> found.map(ClusterObjects::json));
    };
  }

  /**
   * Applies an object.
   *
   * @param uid the object must still be this one; null where there was none
   * @param dryRun whether the server only says what would come of it
   */
  Answer<JsonNode> apply(Member member, JsonNode content, @Nullable String uid, boolean dryRun) {
    return switch (kinds.of(member)) {
      case Answer.Failed<ResourceType<JsonObject>>(ApiFailure failure) ->
          new Answer.Failed<>(failure);
      case Answer.Ok<ResourceType<JsonObject>>(var kind) -> {
        Map<String, JsonElement> fields = new LinkedHashMap<>();
        JsonParser.parseString(content.toString())
            .getAsJsonObject()
            .asMap()
            .forEach(
                (name, value) -> {
                  if (!name.equals("apiVersion") && !name.equals("kind")) {
                    fields.put(name, value);
                  }
                });
        Precondition same = new Precondition(uid, null);
        Answer<JsonObject> answer =
            dryRun
                ? applier.preview(kind, key(member), same, fields)
                : applier.apply(kind, key(member), same, fields);
        yield answer.map(ClusterObjects::json);
      }
    };
  }

  /** Asks for the deletion of exactly this object; also fine when it is gone. */
  Optional<ApiFailure> delete(Member member, String uid) {
    return switch (kinds.of(member)) {
      case Answer.Failed<ResourceType<JsonObject>>(ApiFailure failure) -> Optional.of(failure);
      case Answer.Ok<ResourceType<JsonObject>>(var kind) ->
          switch (writer.delete(kind, key(member), new Precondition(uid, null))) {
            case Answer.Ok<JsonObject> _ -> Optional.empty();
            case Answer.Failed<JsonObject>(ApiFailure.NotFound _) -> Optional.empty();
            case Answer.Failed<JsonObject>(ApiFailure failure) -> Optional.of(failure);
          };
    };
  }

  private static ObjectKey key(Member member) {
    return new ObjectKey(member.namespace(), member.name());
  }

  private static JsonNode json(JsonObject object) {
    return JsonMapper.shared().readTree(object.toString());
  }
}
