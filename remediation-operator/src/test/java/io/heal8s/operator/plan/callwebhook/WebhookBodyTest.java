// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.callwebhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.operator.intent.WebhookCall;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The body is the original's, byte for byte where no payload says otherwise. */
class WebhookBodyTest {

  private static final String CHANGE =
      """
      {"isInitial":false,"changedFields":["health"],"newState":{"health":"{{tapp_name}}"},\
      "oldState":{"health":"ok"}}\
      """;
  private static final String TRIGGER =
      """
      {"field":"health","condition":"equals","value":"bad"}\
      """;
  private static final String TOLD =
      """
      {"syncStatus":"a\\"b","app.cpu":0.9,"on":true,"none":null,"list":["x",{"k":1}],\
      "labels[\\"a.b\\"]":"quoted","loop":"{{namespace}}"}\
      """;

  @Test
  void isTheOriginalsInItsOrder() {
    assertThat(text("{}", CHANGE, TRIGGER, TOLD, "2026-03-01T11:59:59.000001+00:00"))
        .hasValue(
            """
            {"timestamp":"2026-03-01T11:59:59.000001+00:00",\
            "targetApp":{"name":"web","namespace":"shop"},"stateChange":%s,"trigger":%s,\
            "action":"webhook"}\
            """
                .formatted(CHANGE, TRIGGER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "{{tapp_name}} in {{namespace}}"   | "web in shop"
          "{{ tapp_name }}"                  | "web"
          "{{timestamp}}"                    | "2026-03-01T11:59:59.000001+00:00"
          "{{syncStatus}}"                   | "a\\"b"
          "{{ app.cpu }}{{on}}{{ none }}"    | "0.9truenull"
          "{{list}}"                         | "[\\"x\\",{\\"k\\":1}]"
          "{{ labels[\\"a.b\\"] }}"          | "quoted"
          "{{loop}}"                         | "{{namespace}}"
          "{{ unknown.field }} {{}} {{ }}"   | "{{ unknown.field }} {{}} {{ }}"
          "{tapp_name} {{tapp_name}"         | "{tapp_name} {{tapp_name}"
          "{{{tapp_name}}}"                  | "{web}"
          "$1 \\\\ {{tapp_name}}"            | "$1 \\\\ web"
          {"{{tapp_name}}":["{{namespace}}"]} | {"web":["shop"]}
          7                                  | 7
          null                               | null
          """)
  void templatesAreFilledInOnceAndStayJson(String value, String filled) {
    assertThat(body("{\"text\":" + value + "}", TOLD).get("text"))
        .isEqualTo(JsonParser.parseString(filled));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          timestamp   | "mine"
          targetApp   | {"name":"other"}
          stateChange | null
          trigger     | []
          action      | "page"
          more        | {"a":[1,2.5,true]}
          """)
  void aMemberOfThePayloadStandsOverTheBodysAndNothingElseMoves(String member, String value) {
    JsonObject expected = body("{}", TOLD);
    expected.add(member, JsonParser.parseString(value));

    assertThat(body("{\"" + member + "\":" + value + "}", TOLD)).isEqualTo(expected);
  }

  @Test
  void whoWasAskedByNoDetectorTellsNoStateChange() {
    JsonObject body = body("{}", null, null, "{}", "");

    assertThat(body.keySet()).containsExactly("timestamp", "targetApp", "action");
    assertThat(body.get("timestamp").getAsString()).isEqualTo("2026-03-01T12:00:00+00:00");
  }

  @Test
  void aTemplateThatDoesNotEndIsAText() {
    String text = "{{" + " ".repeat(50_000) + "{{".repeat(50_000);

    assertThat(body("{\"text\":\"" + text + "\"}", TOLD).get("text").getAsString()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 100000, false, what would be 200 MB is not built",
    "1, 100000, true, a long field fits",
    "3, 100000, false, three of them do not",
    "1, 300000, false, a field that is too long by itself"
  })
  void aFewLinesThatNameALongFieldOftenAreNoBody(
      int times, int length, boolean fits, String because) {
    Optional<String> text =
        text(
            "{\"text\":\"" + "{{a}}".repeat(times) + "\"}",
            CHANGE,
            TRIGGER,
            "{\"a\":\"" + "x".repeat(length) + "\"}",
            "");

    assertThat(text.isPresent()).as(because).isEqualTo(fits);
  }

  @Test
  void theLongestBodyIsCountedInBytesOfUtf8() {
    int beside = text("{\"text\":\"\"}", null, null, "{}", "").orElseThrow().length();
    int left = WebhookBody.MOST_BYTES - beside;

    assertThat(text("{\"text\":\"" + "x".repeat(left) + "\"}", null, null, "{}", "")).isPresent();
    assertThat(text("{\"text\":\"" + "x".repeat(left + 1) + "\"}", null, null, "{}", "")).isEmpty();
    assertThat(text("{\"text\":\"" + "ü".repeat(left / 2 + 1) + "\"}", null, null, "{}", ""))
        .isEmpty();
  }

  private static JsonObject body(String payload, String variables) {
    return body(payload, CHANGE, TRIGGER, variables, "2026-03-01T11:59:59.000001+00:00");
  }

  private static JsonObject body(
      String payload,
      @Nullable String change,
      @Nullable String trigger,
      String variables,
      String timestamp) {
    return JsonParser.parseString(
            text(payload, change, trigger, variables, timestamp).orElseThrow())
        .getAsJsonObject();
  }

  private static Optional<String> text(
      String payload,
      @Nullable String change,
      @Nullable String trigger,
      String variables,
      String timestamp) {
    Map<String, JsonElement> told = JsonParser.parseString(variables).getAsJsonObject().asMap();
    WebhookCall call =
        new WebhookCall(
            "https://hooks.example/T0",
            "POST",
            new TreeMap<>(),
            JsonParser.parseString(payload).getAsJsonObject(),
            Duration.ofSeconds(30),
            true,
            new WebhookCall.Context(timestamp, parsed(change), told, parsed(trigger)));
    return WebhookBody.text(
        Rem.fresh("a")
            .action(ActionType.CallWebhook)
            .asks("operator.kco.local/v1alpha1", "TargetApp", "web")
            .build(),
        call);
  }

  private static @Nullable JsonElement parsed(@Nullable String json) {
    return json == null ? null : JsonParser.parseString(json);
  }
}
