// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes requests, has them checked, carried out and their answers checked, and lets faults in. */
final class Front implements HttpHandler {

  private static final int MOST_BYTES = 16 << 20;

  private final Edition edition;
  private final Links links;
  private final Accounts accounts;
  private final Faults faults;
  private final Routes routes;
  private final GraphqlRoute graphql;
  private final Replies replies;
  private final List<Exchanged> exchanged = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  Front(
      Edition edition,
      Links links,
      Accounts accounts,
      Faults faults,
      Routes routes,
      GraphqlRoute graphql,
      InstantSource clock) {
    this.edition = edition;
    this.links = links;
    this.accounts = accounts;
    this.faults = faults;
    this.routes = routes;
    this.graphql = graphql;
    this.replies = new Replies(clock);
  }

  void remaining(int requests) {
    replies.remaining(requests);
  }

  synchronized List<Exchanged> exchanged() {
    return List.copyOf(exchanged);
  }

  synchronized void forget() {
    exchanged.clear();
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String raw = exchange.getRequestURI().getRawPath();
    String body =
        new String(exchange.getRequestBody().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    boolean isGraphql = raw.equals(edition.graphql());
    String path = isGraphql ? "/graphql" : withoutRoot(raw);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Optional<Caller> caller = accounts.caller(authorization);
    String login = caller.map(Caller::login).orElse("");
    IntConsumer note = status -> note(new Exchanged(method, path + query(exchange), status, login));
    Fault fault = faults.take(new Faults.Request(method, path, body)).orElse(null);
    try {
      switch (fault) {
        case Fault.Answered(int status, String message, Map<String, String> headers) -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          replies.send(exchange, Answer.error(status, message), false, note);
        }
        case Fault.GraphqlError(String type, String message) ->
            replies.send(exchange, GraphqlRoute.error(type, message), false, note);
        case Fault.LostRequest() -> note.accept(0);
        case Fault.LostReply() -> {
          answer(exchange, path, body, authorization, caller);
          note.accept(0);
        }
        case Fault.LateReply(Duration pause) -> {
          Answer late = answer(exchange, path, body, authorization, caller);
          Thread.sleep(pause);
          replies.send(exchange, late, !isGraphql, note);
        }
        case Fault.Held(CountDownLatch released) -> {
          released.await();
          replies.send(
              exchange, answer(exchange, path, body, authorization, caller), !isGraphql, note);
        }
        case null ->
            replies.send(
                exchange, answer(exchange, path, body, authorization, caller), !isGraphql, note);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      // Without an answer this cuts the connection.
      exchange.close();
    }
  }

  private synchronized Answer answer(
      HttpExchange exchange,
      String path,
      String body,
      @Nullable String authorization,
      Optional<Caller> caller) {
    String method = exchange.getRequestMethod();
    try {
      return path.equals("/graphql")
          ? graphql(method, body, caller)
          : rest(method, path, exchange.getRequestURI().getRawQuery(), body, authorization, caller);
    } catch (IOException | RuntimeException | LinkageError failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return broken(method + " " + path, List.of("the stand-in failed: " + cause));
    }
  }

  private Answer graphql(String method, String body, Optional<Caller> caller) {
    if (caller.isEmpty()) {
      return Answer.error(401, "Bad credentials");
    }
    if (!method.equals("POST")) {
      return broken(method + " /graphql", List.of("GraphQL takes POST only"));
    }
    GraphqlRoute.Result result = graphql.run(body, caller.get());
    return result.problems().isEmpty()
        ? result.answer()
        : broken("POST /graphql", result.problems());
  }

  private Answer rest(
      String method,
      String path,
      @Nullable String rawQuery,
      String body,
      @Nullable String authorization,
      Optional<Caller> caller)
      throws IOException {
    String what = method + " " + path;
    Optional<Routes.Match> match = routes.find(method, path);
    if (match.isEmpty()) {
      return broken(what, List.of("the stand-in has no such operation; it may be GitHub's"));
    }
    Operation operation = match.get().route().operation();
    boolean ofApps =
        operation.template().startsWith("/app") || operation.template().endsWith("/installation");
    if (ofApps ? accounts.app(authorization).isEmpty() : caller.isEmpty()) {
      return Answer.error(401, "Bad credentials");
    }
    JsonNode json;
    try {
      json = body.isBlank() ? null : JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return broken(what, List.of("the body is no JSON: " + e.getOriginalMessage()));
    }
    Map<String, String> query = parsed(rawQuery);
    List<String> problems = operation.problems(match.get().path(), query, json);
    if (!problems.isEmpty()) {
      return broken(what, problems);
    }
    Call call = new Call(match.get().path(), query, json, authorization, caller.orElse(null));
    return checked(what, operation, match.get().route().handler().answer(call));
  }

  private Answer checked(String what, Operation operation, Answer answer) {
    JsonNode whole = operation.completed(answer.status(), answer.body(), links.nowhere());
    // Every operation may refuse a caller, whether or not its description says so.
    boolean refusal = answer.status() == 403 || answer.status() == 404 || answer.status() == 422;
    if (refusal && !operation.answers(answer.status())) {
      return answer;
    }
    List<String> problems = operation.problems(answer.status(), whole);
    return problems.isEmpty() ? new Answer(answer.status(), whole) : broken(what, problems);
  }

  /** Keeps what breaks the description. */
  synchronized Answer broken(String what, List<String> problems) {
    problems.forEach(problem -> violations.add(what + ": " + problem));
    return Answer.error(500, "the stand-in found: " + String.join("; ", problems));
  }

  private synchronized void note(Exchanged done) {
    exchanged.add(done);
  }

  private String withoutRoot(String raw) {
    return raw.startsWith(edition.root() + "/") ? raw.substring(edition.root().length()) : raw;
  }

  private static String query(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return query == null ? "" : "?" + query;
  }

  private static Map<String, String> parsed(@Nullable String rawQuery) {
    Map<String, String> values = new HashMap<>();
    if (rawQuery != null && !rawQuery.isEmpty()) {
      for (String pair : rawQuery.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.put(decoded(name), decoded(value));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
