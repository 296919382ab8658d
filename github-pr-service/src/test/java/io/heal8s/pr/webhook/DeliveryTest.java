// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.Marker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {

  private static final Marker MARKER = new Marker("c1", "shop", "rem-oom", Lane.CHANGE);

  private static String event(@Nullable String body) {
    JsonObject head = new JsonObject();
    head.addProperty("ref", "heal8s/x");
    JsonObject request = new JsonObject();
    request.addProperty("body", body);
    request.add("head", head);
    JsonObject event = new JsonObject();
    event.add("pull_request", request);
    return event.toString();
  }

  private static Delivery read(String type, String body) {
    return Delivery.read("pull_request", type, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void findsBranchAndMarker() {
    assertThat(read("application/json", event("Text\n" + MARKER.comment())))
        .isEqualTo(new Delivery.OfPullRequest("heal8s/x", Optional.of(MARKER)));
  }

  @Test
  void aBodyThatSomebodyEmptiedStillHasItsBranch() {
    assertThat(read("application/json; charset=utf-8", event(null)))
        .isEqualTo(new Delivery.OfPullRequest("heal8s/x", Optional.empty()));
  }

  @Test
  void readsFormsWhichAreGithubsDefault() {
    String form = "payload=" + URLEncoder.encode(event("ä & b"), StandardCharsets.UTF_8);

    assertThat(read("application/x-www-form-urlencoded", form))
        .isEqualTo(new Delivery.OfPullRequest("heal8s/x", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"push", "ping", "check_run"})
  void otherEventsAreNotRead(String event) {
    assertThat(Delivery.read(event, "application/json", new byte[] {'{'}))
        .isEqualTo(new Delivery.Other());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "1",
        "{}",
        "{\"pull_request\": 1}",
        "{\"pull_request\": {\"head\": {}}}",
        "{\"pull_request\": {\"head\": {\"ref\": {}}}}",
        "{\"pull_request\": {\"body\": [], \"head\": {\"ref\": \"x\"}}}"
      })
  void whatIsNoEventIsMalformed(String body) {
    assertThat(read("application/json", body)).isInstanceOf(Delivery.Malformed.class);
  }

  @Test
  void theKindOfEventMustBeTold() {
    assertThat(Delivery.read(null, "application/json", new byte[0]))
        .isInstanceOf(Delivery.Malformed.class);
  }
}
