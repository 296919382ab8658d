// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Requests by path with plain maps for bodies. The client's typed models would write fields that a
 * manifest never had (PATCHing an empty {@code finalizers} takes away other people's).
 */
final class RawApi {

  private static final TypeToken<Map<String, Object>> OBJECT = new TypeToken<>() {};

  private final ApiClient client;
  private final Gson gson = new Gson();

  RawApi(ApiClient client) {
    this.client = client;
  }

  /** The path of a kind's collection in a namespace (ignored if cluster-wide); null if unknown. */
  @Nullable String collection(String apiVersion, String kind, String namespace) {
    String prefix = apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
    Map<String, Object> discovery = get(prefix);
    if (discovery == null || !(discovery.get("resources") instanceof List<?> resources)) {
      return null;
    }
    for (Object entry : resources) {
      if (entry instanceof Map<?, ?> resource
          && kind.equals(resource.get("kind"))
          && resource.get("name") instanceof String plural
          && !plural.contains("/")) {
        return Boolean.TRUE.equals(resource.get("namespaced"))
            ? prefix + "/namespaces/" + namespace + "/" + plural
            : prefix + "/" + plural;
      }
    }
    return null;
  }

  /** The object at a path; null if there is none. */
  @Nullable Map<String, Object> get(String path) {
    Answer answer = send("GET", path, List.of(), null, "application/json");
    if (answer.code == 404) {
      return null;
    }
    return gson.fromJson(successful(answer, path), OBJECT);
  }

  /** Server-side apply; takes over fields that another manager owns. */
  void apply(String path, String yaml, String fieldManager) {
    List<Pair> query = List.of(new Pair("fieldManager", fieldManager), new Pair("force", "true"));
    byte[] body = yaml.getBytes(StandardCharsets.UTF_8);
    successful(send("PATCH", path, query, body, "application/apply-patch+yaml"), path);
  }

  private static String successful(Answer answer, String path) {
    if (answer.code / 100 != 2) {
      throw new ManifestRefusedException(
          answer.code,
          "the API server answered " + answer.code + " to " + path + ": " + answer.body);
    }
    return answer.body;
  }

  private Answer send(
      String method, String path, List<Pair> query, byte @Nullable [] body, String contentType) {
    Map<String, String> headers =
        new HashMap<>(Map.of("Accept", "application/json", "Content-Type", contentType));
    try (Response response =
        client
            .buildCall(
                null,
                path,
                method,
                query,
                new ArrayList<>(),
                body,
                headers,
                new HashMap<>(),
                new HashMap<>(),
                new String[] {"BearerToken"},
                null)
            .execute()) {
      return new Answer(response.code(), response.body().string());
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to " + method + " " + path, e);
    } catch (ApiException e) {
      throw new IllegalStateException("cannot make the request " + method + " " + path, e);
    }
  }

  private record Answer(int code, String body) {}
}
