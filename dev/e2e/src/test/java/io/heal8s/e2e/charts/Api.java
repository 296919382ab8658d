// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one user, each with its answer: a refusal is a result here.
 *
 * @param client whose user it is
 */
record Api(ApiClient client) {
  private static final String MERGE = "application/merge-patch+json";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String JSON = "application/json";

  Answer create(Doc doc) {
    return send("POST", collection(doc), List.of(), doc.json().toString(), JSON);
  }

  /** Everything but the writing: schema, defaults and admission judge as if it were meant. */
  Answer dryRun(Doc doc) {
    List<Pair> query = List.of(new Pair("dryRun", "All"));
    return send("POST", collection(doc), query, doc.json().toString(), JSON);
  }

  /** A question that is answered and not kept, such as a SubjectAccessReview. */
  Answer review(Doc doc) {
    String path = "/apis/" + doc.text("apiVersion") + "/subjectaccessreviews";
    return send("POST", path, List.of(), doc.json().toString(), JSON);
  }

  Answer get(Doc doc) {
    return send("GET", path(doc), List.of(), null, JSON);
  }

  /** The names of what lies at a path. */
  List<String> list(String path) {
    return Rendered.elements(send("GET", path, List.of(), null, JSON).object(), "items")
        .map(item -> new Doc(item.getAsJsonObject()).name())
        .toList();
  }

  Answer delete(Doc doc) {
    return send("DELETE", path(doc), List.of(), null, JSON);
  }

  /** A merge patch, written as YAML. */
  Answer merge(Doc doc, String patch) {
    return send("PATCH", path(doc), List.of(), Doc.yaml(patch).json().toString(), MERGE);
  }

  Answer apply(Doc doc, String manager) {
    List<Pair> query = List.of(new Pair("fieldManager", manager), new Pair("force", "true"));
    return send("PATCH", path(doc), query, doc.json().toString(), APPLY);
  }

  Answer replace(Doc doc) {
    return send("PUT", path(doc), List.of(), doc.json().toString(), JSON);
  }

  Answer mergeStatus(Doc doc, String patch) {
    String body = Doc.yaml(patch).json().toString();
    return send("PATCH", path(doc) + "/status", List.of(), body, MERGE);
  }

  /** Server-side apply of a status, as the services do it. */
  Answer applyStatus(Doc doc, String manager, String status) {
    JsonObject body = new JsonObject();
    body.add("apiVersion", doc.json().get("apiVersion"));
    body.add("kind", doc.json().get("kind"));
    body.add("metadata", Doc.map("name", doc.name(), "namespace", doc.namespace()));
    body.add("status", Doc.yaml(status).json());
    List<Pair> query = List.of(new Pair("fieldManager", manager), new Pair("force", "true"));
    return send("PATCH", path(doc) + "/status", query, body.toString(), APPLY);
  }

  private static String collection(Doc doc) {
    String version = doc.text("apiVersion");
    String prefix = version.contains("/") ? "/apis/" + version : "/api/" + version;
    String plural =
        switch (doc.text("kind")) {
          case "RemediationPolicy" -> "remediationpolicies";
          case String kind -> kind.toLowerCase(Locale.ROOT) + "s";
        };
    return prefix + "/namespaces/" + doc.namespace() + "/" + plural;
  }

  private static String path(Doc doc) {
    return collection(doc) + "/" + doc.name();
  }

  private Answer send(
      String method, String path, List<Pair> query, @Nullable String body, String contentType) {
    byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        new HashMap<>(Map.of("Accept", JSON, "Content-Type", contentType));
    try (Response response =
        client
            .buildCall(
                null,
                path,
                method,
                query,
                new ArrayList<>(),
                bytes,
                headers,
                new HashMap<>(),
                new HashMap<>(),
                new String[] {"BearerToken"},
                null)
            .execute()) {
      JsonObject json = JsonParser.parseString(response.body().string()).getAsJsonObject();
      return new Answer(response.code(), json);
    } catch (IOException e) {
      throw new UncheckedIOException("no answer to " + method + " " + path, e);
    } catch (ApiException e) {
      throw new IllegalStateException("cannot make the request " + method + " " + path, e);
    }
  }
}
