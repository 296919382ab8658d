// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ApiStream;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Page;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.WireJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lists and watches through the API server. Every object is read on its own, so that one that
 * cannot be read costs only itself.
 *
 * <p>A watch lives for 40 to 50 seconds; the server sends a bookmark two seconds before the end, so
 * it is never silent for longer. After 55 seconds without a byte the connection is dead, whatever
 * the network says, and the watch goes on elsewhere from where it was.
 */
final class ApiListWatch<T> implements ListWatch<T> {

  static final Duration SILENCE = Duration.ofSeconds(55);

  private static final int PAGE = 500;
  private static final int SHORTEST_WATCH = 40;
  private static final int SPREAD = 10;

  private final KubernetesApi api;
  private final KubernetesReader reader;
  private final ResourceType<T> type;
  private final ResourceType<JsonObject> plain;
  private final Selector selector;
  private final RandomGenerator random;
  private final Duration silence;

  ApiListWatch(
      KubernetesApi api,
      ResourceType<T> type,
      Selector selector,
      RandomGenerator random,
      Duration silence) {
    this.api = api;
    this.reader = new KubernetesReader(api);
    this.type = type;
    this.plain =
        ResourceType.untyped(
            type.group(), type.version(), type.kind(), type.plural(), type.namespaced());
    this.selector = selector;
    this.random = random;
    this.silence = silence;
  }

  @Override
  public Answer<Listed<T>> list() {
    Answer<Listed<T>> paged = list(PAGE);
    boolean tokenTooOld =
        paged instanceof Answer.Failed<Listed<T>>(ApiFailure failure)
            && failure instanceof ApiFailure.Expired;
    // A list that takes longer than the server keeps its pages is asked for in one piece.
    return tokenTooOld ? list(0) : paged;
  }

  private Answer<Listed<T>> list(int limit) {
    List<T> items = new ArrayList<>();
    Map<ObjectKey, String> unreadable = new HashMap<>();
    String version = "";
    String next = null;
    do {
      switch (reader.page(plain, selector, limit, next)) {
        case Answer.Ok<Page<JsonObject>>(Page<JsonObject> page) -> {
          page.items().forEach(object -> read(object, items, unreadable));
          version = page.resourceVersion();
          next = page.next();
        }
        case Answer.Failed<Page<JsonObject>>(ApiFailure failure) -> {
          return new Answer.Failed<>(failure);
        }
      }
    } while (next != null);
    return new Answer.Ok<>(new Listed<>(items, unreadable, version));
  }

  private void read(JsonObject object, List<T> items, Map<ObjectKey, String> unreadable) {
    try {
      items.add(typed(object));
    } catch (JsonParseException | IllegalArgumentException | NullPointerException wrong) {
      unreadable.put(plain.keyOf(object), String.valueOf(wrong.getMessage()));
    }
  }

  // A compact constructor of a record may refuse what the schema of a later version allows.
  private T typed(JsonObject object) {
    // Items of a list carry neither.
    object.addProperty("apiVersion", type.apiVersion());
    object.addProperty("kind", type.kind());
    return WireJson.GSON.fromJson(object, type.type());
  }

  @Override
  public Answer<Watching<T>> watch(String version) {
    Map<String, String> query = new HashMap<>();
    query.put("watch", "true");
    query.put("resourceVersion", version);
    query.put("allowWatchBookmarks", "true");
    query.put("timeoutSeconds", Integer.toString(SHORTEST_WATCH + random.nextInt(SPREAD)));
    if (selector.labels() != null) {
      query.put("labelSelector", selector.labels());
    }
    if (selector.fields() != null) {
      query.put("fieldSelector", selector.fields());
    }
    return api.stream(type.collectionPath(selector.namespace()), query, silence).map(Lines::new);
  }

  private final class Lines implements Watching<T> {

    private final ApiStream stream;

    Lines(ApiStream stream) {
      this.stream = stream;
    }

    @Override
    public @Nullable WatchEvent<T> next() throws IOException {
      String line = stream.readLine();
      if (line == null) {
        return null;
      }
      try {
        JsonObject event = WireJson.GSON.fromJson(line, JsonObject.class);
        return event(event.get("type").getAsString(), event.getAsJsonObject("object"));
      } catch (JsonParseException | NullPointerException | ClassCastException cut) {
        // The connection broke in the middle of a line.
        throw new IOException("Not a watch event: " + cut.getMessage(), cut);
      }
    }

    private WatchEvent<T> event(String kind, JsonObject object) throws IOException {
      return switch (kind) {
        case "ADDED", "MODIFIED" -> put(object);
        case "DELETED" -> new WatchEvent.Removed<>(plain.keyOf(object), version(object));
        case "BOOKMARK" -> new WatchEvent.Bookmark<>(version(object));
        case "ERROR" -> new WatchEvent.Failed<>(failure(object));
        default -> throw new IOException("Unknown watch event " + kind);
      };
    }

    private WatchEvent<T> put(JsonObject object) {
      String version = version(object);
      try {
        return new WatchEvent.Put<>(typed(WireJson.withoutManagedFields(object)), version);
      } catch (JsonParseException | IllegalArgumentException | NullPointerException wrong) {
        return new WatchEvent.Unreadable<>(
            plain.keyOf(object), String.valueOf(wrong.getMessage()), version);
      }
    }

    private ApiFailure failure(JsonObject status) {
      JsonElement code = status.get("code");
      JsonElement message = status.get("message");
      String why = message == null ? "the watch failed" : message.getAsString();
      return code != null && code.getAsInt() == 410
          ? new ApiFailure.Expired(why)
          : new ApiFailure.Transient(code == null ? 0 : code.getAsInt(), why, null);
    }

    private String version(JsonObject object) {
      return object.getAsJsonObject("metadata").get("resourceVersion").getAsString();
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
