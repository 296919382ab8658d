// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.graphql.endpoint.Destination;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Understands an answer by the rules of GraphQL over HTTP; pure. */
final class AnswerReader {

  /** Of so many errors the words are kept. Where the others are is needed of all of them. */
  private static final int MOST_MESSAGES = 20;

  /** Of an answer or a message. */
  static final String TOO_MANY =
      "there are more than the "
          + BoundedJson.MOST_VALUES
          + " values that are read; ask for fewer fields";

  private static final String UNTOLD = "an error without a message";

  /** What servers say when the query itself is wrong, so that repeating it is no use. */
  private static final Set<String> INVALID_QUERY =
      Set.of("GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT");

  private final BoundedJson json;
  private final int maxDepth;

  AnswerReader(int maxDepth) {
    this.json = new BoundedJson(maxDepth);
    this.maxDepth = maxDepth;
  }

  Answer read(Destination destination, RawAnswer.Received raw) {
    int status = raw.status();
    if (status >= 300 && status < 400) {
      return failed(
          FailureKind.Redirected,
          destination,
          "answers with a redirect, which is not followed: write the final address",
          null);
    }
    if (!mayBeJson(raw.contentType())) {
      return status >= 400
          ? ofStatus(destination, raw)
          : failed(
              FailureKind.NotJson,
              destination,
              "the content type is " + ForeignText.line(raw.contentType()) + " and not JSON",
              null);
    }
    JsonElement tree;
    try {
      tree = json.read(raw.body());
    } catch (BoundedJson.TooDeepException deep) {
      return failed(
          FailureKind.ResponseTooDeep,
          destination,
          "the answer is nested more than " + maxDepth + " levels deep",
          null);
    } catch (BoundedJson.TooManyException many) {
      return failed(FailureKind.ResponseTooLarge, destination, TOO_MANY, null);
    } catch (IOException malformed) {
      return status >= 400
          ? ofStatus(destination, raw)
          : failed(FailureKind.NotJson, destination, "the answer is no JSON", null);
    }
    if (!(tree instanceof JsonObject answer) || !(answer.has("data") || answer.has("errors"))) {
      return status >= 400
          ? ofStatus(destination, raw)
          : failed(
              FailureKind.NotGraphQl,
              destination,
              "the answer has neither data nor errors: it is no GraphQL answer",
              null);
    }
    return ofGraphQl(destination, raw, answer, raw.body().length);
  }

  /** An answer that came as a part of something else. */
  Answer ofTree(Destination destination, JsonObject answer, int bytes) {
    return ofGraphQl(
        destination, new RawAnswer.Received(200, "", null, new byte[0]), answer, bytes);
  }

  /** Errors that came as a part of something else, under {@code payload}. */
  Answer.Failed ofErrors(Destination destination, JsonObject message) {
    JsonObject answer = new JsonObject();
    answer.add("errors", message.get("payload"));
    return ofTree(destination, answer, 0) instanceof Answer.Failed failed
        ? failed
        : new Answer.Failed(FailureKind.QueryFailed, destination + ": an error", null);
  }

  private Answer ofGraphQl(
      Destination destination, RawAnswer.Received raw, JsonObject answer, int bytes) {
    JsonArray listed = answer.get("errors") instanceof JsonArray array ? array : new JsonArray();
    List<GraphQlError> errors = errors(listed);
    if (answer.get("data") instanceof JsonObject data) {
      return new Answer.State(data, errors, bytes);
    }
    if (errors.isEmpty()) {
      return failed(FailureKind.NotGraphQl, destination, "the answer has no data", null);
    }
    boolean invalid = raw.status() == 400 || invalidQuery(listed);
    String first = errors.getFirst().message();
    return failed(
        invalid ? FailureKind.QueryInvalid : FailureKind.QueryFailed,
        destination,
        (invalid ? "refuses stateQuery: " : "answers with errors only: ") + first,
        raw.retryAfter());
  }

  private static Answer ofStatus(Destination destination, RawAnswer.Received raw) {
    int status = raw.status();
    boolean passing = status >= 500 || status == 429 || status == 408;
    return failed(
        passing ? FailureKind.ServerFailed : FailureKind.Refused,
        destination,
        "answers with HTTP status " + status,
        raw.retryAfter());
  }

  private static Answer.Failed failed(
      FailureKind kind, Destination destination, String what, @Nullable Duration retryAfter) {
    return new Answer.Failed(kind, destination + ": " + what, retryAfter);
  }

  // A server that says nothing is believed to speak JSON.
  private static boolean mayBeJson(String media) {
    return media.isEmpty() || media.equals("application/json") || media.endsWith("+json");
  }

  private static List<GraphQlError> errors(JsonArray listed) {
    List<GraphQlError> errors = new ArrayList<>();
    for (JsonElement entry : listed) {
      JsonObject error = entry instanceof JsonObject object ? object : new JsonObject();
      String message = errors.size() < MOST_MESSAGES ? text(error.get("message")) : "";
      errors.add(
          new GraphQlError(
              message.isEmpty() ? UNTOLD : ForeignText.line(message), path(error.get("path"))));
    }
    return errors;
  }

  private static List<String> path(@Nullable JsonElement path) {
    List<String> steps = new ArrayList<>();
    if (path instanceof JsonArray array) {
      array.forEach(step -> steps.add(text(step)));
    }
    return steps;
  }

  private static boolean invalidQuery(JsonArray errors) {
    for (JsonElement entry : errors) {
      if (entry instanceof JsonObject error
          && error.get("extensions") instanceof JsonObject extensions
          && INVALID_QUERY.contains(text(extensions.get("code")))) {
        return true;
      }
    }
    return false;
  }

  private static String text(@Nullable JsonElement element) {
    return element instanceof JsonPrimitive primitive ? primitive.getAsString() : "";
  }
}
