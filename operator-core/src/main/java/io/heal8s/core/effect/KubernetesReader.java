// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects on demand, fresh from the server. For what is read often there are the caches of
 * {@code observe}.
 */
public final class KubernetesReader {

  private static final int PAGE = 500;

  private record Listing<T>(@Nullable V1ListMeta metadata, @Nullable List<T> items) {}

  private final KubernetesApi api;

  /** Reads through that transport. */
  public KubernetesReader(KubernetesApi api) {
    this.api = api;
  }

  /**
   * One object. Empty if there is no such object; a missing kind is the failure {@link
   * ApiFailure.NotFound}, because nothing can be said about its objects.
   */
  public <T> Answer<Optional<T>> get(ResourceType<T> type, ObjectKey key) {
    Answer<T> answer = api.call(ApiRequest.get(type.path(key)), type.type());
    return switch (answer) {
      case Answer.Ok<T>(T object) -> new Answer.Ok<>(Optional.of(slim(object)));
      case Answer.Failed<T>(ApiFailure.NotFound missing) when !missing.kindMissing() ->
          new Answer.Ok<>(Optional.empty());
      case Answer.Failed<T>(ApiFailure failure) -> new Answer.Failed<>(failure);
    };
  }

  /** All objects that a selector chooses, page by page. */
  public <T> Answer<List<T>> list(ResourceType<T> type, Selector selector) {
    List<T> all = new ArrayList<>();
    String next = null;
    do {
      switch (page(type, selector, PAGE, next)) {
        case Answer.Ok<Page<T>>(Page<T> page) -> {
          all.addAll(page.items());
          next = page.next();
        }
        case Answer.Failed<Page<T>>(ApiFailure failure) -> {
          return new Answer.Failed<>(failure);
        }
      }
    } while (next != null);
    return new Answer.Ok<>(List.copyOf(all));
  }

  /**
   * One page of a list.
   *
   * @param limit objects on the page at most; 0 for all in one
   * @param token what the page before returned as next, null for the first
   */
  public <T> Answer<Page<T>> page(
      ResourceType<T> type, Selector selector, int limit, @Nullable String token) {
    ApiRequest request =
        ApiRequest.get(type.collectionPath(selector.namespace()))
            .with("labelSelector", selector.labels())
            .with("fieldSelector", selector.fields())
            .with("limit", limit == 0 ? null : Integer.toString(limit))
            .with("continue", token);
    Answer<Listing<T>> answer =
        api.call(request, TypeToken.getParameterized(Listing.class, type.type()).getType());
    return answer.map(KubernetesReader::page);
  }

  private static <T> Page<T> page(Listing<T> listing) {
    V1ListMeta metadata = Objects.requireNonNullElseGet(listing.metadata(), V1ListMeta::new);
    List<T> items = Objects.requireNonNullElse(listing.items(), List.of());
    items.forEach(KubernetesReader::slim);
    String next = metadata.getContinue();
    return new Page<>(
        items,
        Objects.requireNonNullElse(metadata.getResourceVersion(), ""),
        next == null || next.isEmpty() ? null : next);
  }

  private static <T> T slim(T object) {
    if (object instanceof JsonObject json) {
      WireJson.withoutManagedFields(json);
    }
    return object;
  }
}
