// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one place that reads a failed answer of the API server. */
final class ApiFailures {

  private static final int MAX_MESSAGE = 2000;
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
  private static final Duration MOST_PAUSE = Duration.ofMinutes(5);

  private ApiFailures() {}

  /** No answer came. */
  static ApiFailure of(String server, IOException cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new ApiFailure.Transient(0, server + " does not answer: " + why, cause);
  }

  /**
   * An answer that is not a success.
   *
   * @param jsonPatch whether the request was a JSON Patch, whose failed tests come as 422
   * @param retryAfter value of the header Retry-After
   * @param body the answer's body, mostly a {@code Status} object
   */
  static ApiFailure of(int code, boolean jsonPatch, @Nullable String retryAfter, String body) {
    Status status = Status.read(code, body);
    String message = status.message();
    return switch (code) {
      case 401 -> new ApiFailure.Forbidden(code, message);
      case 403 -> forbidden(status);
      case 404 -> new ApiFailure.NotFound(status.kind(), status.name(), message);
      case 409 ->
          status.reason().equals("AlreadyExists")
              ? new ApiFailure.AlreadyExists(message)
              : new ApiFailure.Conflict(message);
      case 410 -> new ApiFailure.Expired(message);
      case 422 -> unprocessable(jsonPatch, status);
      case 429 -> new ApiFailure.Throttled(pause(retryAfter), message);
      case 408 -> new ApiFailure.Transient(code, message, null);
      default ->
          code >= 500
              ? new ApiFailure.Transient(code, message, null)
              : new ApiFailure.Invalid(code, message);
    };
  }

  // What validation or admission refuses names the object. A step of a patch that does not apply,
  // a failed test above all, comes with the same status and reason, but names nothing.
  private static ApiFailure unprocessable(boolean jsonPatch, Status status) {
    return jsonPatch && status.kind().isEmpty()
        ? new ApiFailure.Conflict("a test or step of the patch does not fit the object any more")
        : new ApiFailure.Invalid(422, status.message());
  }

  private static ApiFailure forbidden(Status status) {
    if (status.hasCause("NamespaceTerminating")) {
      return new ApiFailure.NamespaceTerminating(status.message());
    }
    if (status.message().toLowerCase(Locale.ROOT).contains("exceeded quota")) {
      return new ApiFailure.QuotaExceeded(status.message());
    }
    return new ApiFailure.Forbidden(403, status.message());
  }

  private static Duration pause(@Nullable String retryAfter) {
    try {
      Duration asked =
          Duration.ofSeconds(retryAfter == null ? 0 : Long.parseLong(retryAfter.trim()));
      Duration atLeast = asked.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : asked;
      return atLeast.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : atLeast;
    } catch (NumberFormatException date) {
      return LEAST_PAUSE;
    }
  }

  private record Status(String reason, String message, String kind, String name, JsonArray causes) {

    static Status read(int code, String body) {
      try {
        JsonElement tree = WireJson.GSON.fromJson(body, JsonElement.class);
        if (tree instanceof JsonObject object && object.has("status")) {
          JsonObject details =
              object.get("details") instanceof JsonObject given ? given : new JsonObject();
          return new Status(
              text(object, "reason"),
              cut(text(object, "message")),
              text(details, "kind"),
              text(details, "name"),
              details.get("causes") instanceof JsonArray array ? array : new JsonArray());
        }
      } catch (JsonParseException notJson) {
        // A proxy in between answers in its own words.
      }
      String plain = body.isBlank() ? "HTTP " + code : "HTTP " + code + ": " + body.strip();
      return new Status("", cut(plain), "", "", new JsonArray());
    }

    boolean hasCause(String reason) {
      for (JsonElement cause : causes) {
        if (cause instanceof JsonObject object && text(object, "reason").equals(reason)) {
          return true;
        }
      }
      return false;
    }

    private static String text(JsonObject object, String field) {
      JsonElement value = object.get(field);
      return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    private static String cut(String message) {
      return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }
  }
}
