// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.webhook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heal8s.pr.intent.Marker;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What GitHub delivered, as far as it matters here. */
sealed interface Delivery {

  /** Something happened to a pull request; its branch and the marker that its body may carry. */
  record OfPullRequest(String branch, Optional<Marker> marker) implements Delivery {}

  /** Another event, which is taken and not needed. */
  record Other() implements Delivery {}

  /**
   * No delivery of GitHub.
   *
   * @param why a sentence that repeats nothing of the body
   */
  record Malformed(String why) implements Delivery {}

  /**
   * Reads a delivery; never throws for bad input.
   *
   * @param event header {@code X-GitHub-Event}, null if it was not sent
   * @param contentType header {@code Content-Type}: GitHub sends JSON, or JSON in a form
   */
  static Delivery read(@Nullable String event, @Nullable String contentType, byte[] body) {
    if (event == null) {
      return new Malformed("The header X-GitHub-Event is missing.");
    }
    if (!event.equals("pull_request")) {
      return new Other();
    }
    try {
      String text = new String(body, StandardCharsets.UTF_8);
      boolean form =
          contentType != null && contentType.startsWith("application/x-www-form-urlencoded");
      JsonElement json = JsonParser.parseString(form ? payload(text) : text);
      return ofPullRequest(json.getAsJsonObject().getAsJsonObject("pull_request"));
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | UnsupportedOperationException
        | NullPointerException
        | IllegalArgumentException notOne) {
      return new Malformed("The body is no pull_request event as GitHub sends them.");
    }
  }

  private static Delivery ofPullRequest(JsonObject request) {
    JsonElement body = request.get("body");
    String branch = request.getAsJsonObject("head").get("ref").getAsString();
    Optional<Marker> marker =
        body == null || body.isJsonNull() ? Optional.empty() : Marker.ofBody(body.getAsString());
    return new OfPullRequest(branch, marker);
  }

  private static String payload(String form) {
    for (String field : form.split("&", -1)) {
      if (field.startsWith("payload=")) {
        return URLDecoder.decode(field.substring("payload=".length()), StandardCharsets.UTF_8);
      }
    }
    throw new IllegalArgumentException("a form without payload");
  }
}
