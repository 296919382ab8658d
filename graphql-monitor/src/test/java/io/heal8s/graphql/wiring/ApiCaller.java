// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody who asks the monitor's GraphQL interface over HTTP. */
final class ApiCaller implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final @Nullable String token;

  ApiCaller(int port, @Nullable String token) {
    this.port = port;
    this.token = token;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private HttpRequest question(String query, String variables, String accepted) {
    JsonObject body = new JsonObject();
    body.addProperty("query", query);
    body.add("variables", JsonParser.parseString(variables));
    return request("/graphql")
        .header("Content-Type", "application/json")
        .header("Accept", accepted)
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> ask(String query) throws IOException, InterruptedException {
    return ask(query, "{}");
  }

  private HttpResponse<String> ask(String query, String variables)
      throws IOException, InterruptedException {
    return http.send(
        question(query, variables, "application/graphql-response+json, application/json"),
        BodyHandlers.ofString());
  }

  /** The data of an answer without errors. */
  JsonObject data(String query) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(query);
    JsonObject body = JsonParser.parseString(answer.body()).getAsJsonObject();
    if (answer.statusCode() != 200 || body.has("errors")) {
      throw new AssertionError(answer.statusCode() + " " + body);
    }
    return body.getAsJsonObject("data");
  }

  /** Messages of the errors of an answer. */
  List<String> errors(String query) throws IOException, InterruptedException {
    return errors(query, "{}");
  }

  List<String> errors(String query, String variables) throws IOException, InterruptedException {
    JsonObject body = JsonParser.parseString(ask(query, variables).body()).getAsJsonObject();
    JsonArray errors = body.has("errors") ? body.getAsJsonArray("errors") : new JsonArray();
    return errors.asList().stream()
        .map(error -> error.getAsJsonObject().get("message").getAsString())
        .toList();
  }

  /** The lines that a subscription tells, growing; ends with the server's answer. */
  List<String> subscribe(String query) {
    List<String> told = new CopyOnWriteArrayList<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                HttpResponse<Stream<String>> answer =
                    http.send(question(query, "{}", "text/event-stream"), BodyHandlers.ofLines());
                told.add("status " + answer.statusCode());
                for (Iterator<String> lines = answer.body().iterator(); lines.hasNext(); ) {
                  told.add(lines.next());
                }
                told.add("end");
              } catch (IOException | RuntimeException broken) {
                told.add("broken");
              } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
              }
            });
    return told;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
