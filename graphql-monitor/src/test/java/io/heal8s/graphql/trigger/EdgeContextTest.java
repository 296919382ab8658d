// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.graphql.intent.MonitorIntent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves with a Remediation, and what does not. */
class EdgeContextTest {

  private static final String TRIGGER =
      "\"trigger\":{\"field\":\"app.health\",\"condition\":\"equals\",\"value\":\"bad\"}";

  private static Play flip(String action) {
    return Play.with("{" + TRIGGER + "," + action + "}")
        .poll("{\"app\":{\"health\":\"ok\",\"cpu\":1},\"secret\":\"s\"}")
        .poll("{\"app\":{\"health\":\"bad\",\"cpu\":1},\"secret\":\"s\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "action":"webhook"                             | {"isInitial":false,"changedFields":["app.health"],"newState":{"app":{"health":"bad","cpu":1},"secret":"s"},"oldState":{"app":{"health":"ok","cpu":1},"secret":"s"}}
          "action":"webhook","includeState":"all"        | {"isInitial":false,"changedFields":["app.health"],"newState":{"app":{"health":"bad","cpu":1},"secret":"s"},"oldState":{"app":{"health":"ok","cpu":1},"secret":"s"}}
          "action":"webhook","includeState":"changed"    | {"isInitial":false,"changedFields":["app.health"],"newState":{"app":{"health":"bad"}},"oldState":{"app":{"health":"ok"}}}
          "action":"webhook","includeState":"none"       | {"isInitial":false,"changedFields":["app.health"]}
          "action":"restart_pod"                         | {"isInitial":false,"changedFields":["app.health"]}
          """)
  void asMuchStateAsTheActionSays(String action, String stateChange) {
    assertThat(flip(action).lastStateChange()).isEqualTo(stateChange);
  }

  @Test
  void theFirstStateHasNoOldOne() {
    Play play =
        Play.with("{" + TRIGGER + ",\"action\":\"webhook\"}")
            .poll("{\"app\":{\"health\":\"bad\"}}");

    assertThat(play.lastStateChange())
        .isEqualTo(
            "{\"isInitial\":true,\"changedFields\":[],\"newState\":{\"app\":{\"health\":\"bad\"}}}");
  }

  @Test
  void addressHeadersAndPayloadStayInTheTargetApp() {
    Play play =
        flip(
            "\"action\":\"webhook\",\"parameters\":{\"url\":\"https://hooks/secret-path\",\"headers\":{\"Authorization\":\"Bearer"
                + " t0ken\"},\"payload\":{\"text\":\"hi\"}}");
    RemediationSpec spec = play.created.values().iterator().next();

    assertThat(spec.toString()).doesNotContain("secret-path", "t0ken", "\"hi\"");
    assertThat(spec.action().type()).isEqualTo(ActionType.CallWebhook);
    assertThat(spec.action().argumentsFrom())
        .satisfies(
            from -> {
              assertThat(from).isNotNull();
              assertThat(from.kind()).isEqualTo("TargetApp");
              assertThat(from.name()).isEqualTo("shop");
              assertThat(from.uid()).isEqualTo("uid-1");
              assertThat(from.actionIndex()).isZero();
              assertThat(from.sha256()).hasSize(64);
            });
    assertThat(spec.strategy()).isEqualTo(new Strategy(Strategy.Mode.Direct, false, null, null));
  }

  @Test
  void onlyTheFieldsThatTemplatesNameAreToldBesideTheState() {
    Play play =
        flip(
            "\"action\":\"webhook\",\"includeState\":\"none\",\"parameters\":{\"payload\":{\"text\":\"{{tapp_name}}"
                + " {{ app.health }} {{app.cpu}} {{ no.such }} {{timestamp}}\",\"list\":[\"{{"
                + " secret }}\"]}}");

    assertThat(play.lastParams().get("variables"))
        .isEqualTo("{\"app.cpu\":1,\"app.health\":\"bad\",\"secret\":\"s\"}");
  }

  @Test
  void aKeyWithDotsStaysWhereItWas() {
    String action =
        "{\"trigger\":{\"field\":\"a.b\",\"condition\":\"equals\",\"value\":2},"
            + "\"action\":\"webhook\",\"includeState\":\"changed\"}";
    Play play =
        Play.with(action)
            .poll("{\"a.b\":1,\"c\":{\"d.e\":1,\"d\":{\"e\":1}},\"f\":1}")
            .poll("{\"a.b\":2,\"c\":{\"d.e\":2,\"d\":{\"e\":2}},\"f\":1}");

    assertThat(play.lastStateChange())
        .isEqualTo(
            "{\"isInitial\":false,\"changedFields\":[\"a.b\",\"c.d.e\",\"c[\\\"d.e\\\"]\"],"
                + "\"newState\":{\"a.b\":2,\"c\":{\"d\":{\"e\":2},\"d.e\":2}},"
                + "\"oldState\":{\"a.b\":1,\"c\":{\"d\":{\"e\":1},\"d.e\":1}}}");
  }

  @Test
  void aHostileKeyIsOnlyAName() {
    String key = "[\\\"" + "k".repeat(49_000);
    String action = "{" + TRIGGER + ",\"action\":\"webhook\",\"includeState\":\"changed\"}";
    Play play =
        Play.with(action)
            .poll("{\"app\":{\"health\":\"ok\"},\"" + key + "\":1}")
            .poll("{\"app\":{\"health\":\"bad\"},\"" + key + "\":2}");

    JsonObject change = JsonParser.parseString(play.lastStateChange()).getAsJsonObject();
    assertThat(change.getAsJsonObject("newState").size()).isEqualTo(2);
  }

  @Test
  void aTemplateThatDoesNotEndNamesNothing() {
    Play play =
        flip(
            "\"action\":\"webhook\",\"parameters\":{\"payload\":{\"text\":\"{{"
                + " ".repeat(50_000)
                + "{{ secret\"}}");

    assertThat(play.lastParams()).containsEntry("variables", "{}");
  }

  @Test
  void theTimeIsThatOfThePoll() {
    assertThat(flip("\"action\":\"webhook\"").lastParams().get("timestamp"))
        .isEqualTo("2026-01-01T00:01:00+00:00");
    assertThat(EdgeContext.timestamp(Instant.parse("2026-01-01T00:00:00.0012Z")))
        .isEqualTo("2026-01-01T00:00:00.001200+00:00");
  }

  @Test
  void aLargeStateIsCutToWhatChanged() {
    JsonObject large = large("ok");
    Play play =
        Play.with("{" + TRIGGER + ",\"action\":\"webhook\"}")
            .poll(large.toString())
            .poll(large("bad").toString());

    JsonObject change = JsonParser.parseString(play.lastStateChange()).getAsJsonObject();
    assertThat(change.get("truncated").getAsBoolean()).isTrue();
    assertThat(change.get("newState").toString()).isEqualTo("{\"app\":{\"health\":\"bad\"}}");
    assertThat(change.get("oldState").toString()).isEqualTo("{\"app\":{\"health\":\"ok\"}}");
  }

  @Test
  void aLargeChangeIsCutToItsNames() {
    Play play =
        Play.with(
                "{"
                    + TRIGGER
                    + ",\"action\":\"webhook\",\"parameters\":{\"payload\":\"{{blob}}\"}}")
            .poll("{\"app\":{\"health\":\"ok\"},\"blob\":1}")
            .poll("{\"app\":{\"health\":\"bad\"},\"blob\":\"" + "ü".repeat(200_000) + "\"}");

    assertThat(play.lastParams())
        .containsEntry(
            "stateChange",
            "{\"isInitial\":false,\"changedFields\":[\"app.health\",\"blob\"],\"truncated\":true}")
        .containsEntry("variables", "{}");
  }

  @Test
  void manyChangedFieldsFitAsWell() {
    JsonObject many = large("bad");
    for (int i = 0; i < 5_000; i++) {
      many.addProperty("f\u0001".repeat(400) + i, i);
    }
    Play play =
        Play.with("{" + TRIGGER + ",\"action\":\"webhook\"}")
            .poll("{\"app\":{\"health\":\"ok\"}}")
            .poll(many.toString());

    assertThat(play.lastStateChange().getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(EdgeContext.MAX_BYTES);
    assertThat(play.lastStateChange()).endsWith("\"truncated\":true}");
  }

  @Test
  void whatOneChangeFiresFitsIntoOneStatus() {
    String[] webhooks =
        IntStream.range(0, 32)
            .mapToObj(
                i ->
                    "{%s,\"action\":\"webhook\",\"parameters\":{\"url\":\"https://hooks/%d\"}}"
                        .formatted(TRIGGER, i))
            .toArray(String[]::new);
    JsonObject ok = halfLarge("ok");
    JsonObject bad = halfLarge("bad");

    List<String> contexts =
        Play.with(webhooks).poll(ok.toString()).wanted(bad.toString()).stream()
            .filter(MonitorIntent.Record.class::isInstance)
            .flatMap(intent -> ((MonitorIntent.Record) intent).status().pendingOrEmpty().stream())
            .map(pending -> Objects.requireNonNull(pending.context()))
            .toList();

    assertThat(contexts).hasSize(32);
    assertThat(contexts.getFirst()).contains("\"truncated\":true");
    assertThat(contexts.stream().mapToInt(EdgeContext::size).sum())
        .isLessThanOrEqualTo(EdgeContext.MAX_WAITING_BYTES);
  }

  @Test
  void fewActionsHaveRoomForAll() {
    assertThat(EdgeContext.share(EdgeContext.MAX_WAITING_BYTES, 4))
        .isEqualTo(EdgeContext.MAX_BYTES);
    assertThat(EdgeContext.share(EdgeContext.MAX_WAITING_BYTES, 32)).isEqualTo(16 * 1024);
    assertThat(EdgeContext.share(-1, 1024)).isPositive();
  }

  private static JsonObject halfLarge(String health) {
    JsonObject state = large(health);
    state.addProperty("blob", "x".repeat(EdgeContext.MAX_BYTES / 3));
    return state;
  }

  private static JsonObject large(String health) {
    JsonObject state =
        JsonParser.parseString("{\"app\":{\"health\":\"" + health + "\"}}").getAsJsonObject();
    state.addProperty("blob", "x".repeat(EdgeContext.MAX_BYTES));
    return state;
  }
}
