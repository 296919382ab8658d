// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult.Response;
import io.heal8s.pr.forge.github.GithubFailure.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.authorization.AuthorizationProvider;

/** Sends GraphQL documents. */
record Graphql(URI address, GuardedConnector connector, AuthorizationProvider authorization) {

  /**
   * A field that was refused.
   *
   * @param field name of the outermost field, empty for the whole document
   */
  record Problem(String field, String type, String message) {}

  /**
   * What came back: fields that worked, and those that did not.
   *
   * @param data by field; a refused one is missing
   */
  record Answer(JsonObject data, List<Problem> problems) {

    /** An object within the data; empty where something on the way is missing or null. */
    Optional<JsonObject> at(String... names) {
      JsonObject here = data;
      for (String name : names) {
        if (!(here.get(name) instanceof JsonObject next)) {
          return Optional.empty();
        }
        here = next;
      }
      return Optional.of(here);
    }

    Optional<Problem> of(String field) {
      return problems.stream().filter(problem -> problem.field().equals(field)).findFirst();
    }
  }

  /** Where GraphQL is, by the root of the REST API. */
  static URI beside(URI api) {
    String path = api.getPath().replaceFirst("/+$", "");
    String parent = path.endsWith("/v3") ? path.substring(0, path.length() - "/v3".length()) : path;
    return api.resolve(parent + "/graphql");
  }

  /**
   * Runs a document.
   *
   * @throws GithubFailure when it was not run at all
   */
  Answer run(String document, JsonObject variables) throws IOException {
    JsonObject body = new JsonObject();
    body.addProperty("query", document);
    body.add("variables", variables);
    OutboundRequest request =
        OutboundRequest.of("POST", address)
            .header("Accept", "application/vnd.github+json")
            .header("Authorization", String.valueOf(authorization.getEncodedAuthorization()))
            .body("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    Response response = connector.exchange(request);
    try {
      JsonObject json = JsonParser.parseString(response.body().text()).getAsJsonObject();
      JsonObject data = json.get("data") instanceof JsonObject there ? there : new JsonObject();
      List<Problem> problems = problems(json.get("errors"));
      for (Problem problem : problems) {
        fail(problem, response);
      }
      return new Answer(data, problems);
    } catch (JsonParseException | IllegalStateException _) {
      throw new GithubFailure(Kind.UNAVAILABLE, "the answer is no GraphQL", null);
    }
  }

  private void fail(Problem problem, Response response) throws GithubFailure {
    switch (problem.type()) {
      case "RATE_LIMITED", "RATE_LIMIT" -> throw connector.limited(response);
      case "FORBIDDEN", "INSUFFICIENT_SCOPES" ->
          throw new GithubFailure(Kind.FORBIDDEN, problem.message(), null);
      case "NOT_FOUND" -> throw new GithubFailure(Kind.NOT_FOUND, problem.message(), null);
      // Without a type GitHub failed, or ran out of time; what it did before stays done.
      case "" -> throw new GithubFailure(Kind.UNAVAILABLE, problem.message(), null);
      default -> {}
    }
  }

  private static List<Problem> problems(@Nullable JsonElement errors) {
    List<Problem> problems = new ArrayList<>();
    if (errors instanceof JsonArray all) {
      for (JsonElement error : all) {
        JsonObject one = error.getAsJsonObject();
        String field =
            one.get("path") instanceof JsonArray path && !path.isEmpty()
                ? path.get(0).getAsString()
                : "";
        problems.add(new Problem(field, text(one, "type"), text(one, "message")));
      }
    }
    return problems;
  }

  private static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
