// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.IncomingAlert.Status;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedBodiesTest {

  private static final AlertBodyReader READER =
      new AlertBodyReader(new Dialect("alertmanager", Status.Unknown));

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                              | the body is empty",
        "[]                                              | the body is no JSON object",
        "7                                               | the body is no JSON object",
        "{\"alerts\":[                                   | it breaks off",
        "{'alerts':[]}                                   | a syntax error",
        "{\"alerts\":[]} x                               | a syntax error",
        "{\"alerts\":[]}{}                               | after the end of the JSON document",
        "{\"alerts\":{}}                                 | alerts: not an array",
        "{\"alerts\":[7]}                                | alerts[0]: not an object",
        "{\"alerts\":[{},null]}                          | alerts[1]: not an object",
        "{\"alerts\":[{\"labels\":[]}]}                  | alerts[0].labels: not an object of texts",
        "{\"alerts\":[{\"labels\":{\"a\":1}}]}           | alerts[0].labels: its value number 0",
        "{\"alerts\":[{\"labels\":{\"a\":\"b\",\"c\":{}}}]} | alerts[0].labels: its value number 1",
        "{\"alerts\":[{\"status\":true}]}                | alerts[0].status: not a text",
        "{\"alerts\":[{\"fingerprint\":[]}]}             | alerts[0].fingerprint: not a text",
        "{\"alerts\":[{},{\"startsAt\":\"yesterday\"}]}  | alerts[1].startsAt: not a time",
        "{\"alerts\":[{\"startsAt\":1740823200}]}        | alerts[0].startsAt: not a time",
        "{\"alerts\":[{\"endsAt\":\"2026-03-01\"}]}      | alerts[0].endsAt: not a time",
        "{\"truncatedAlerts\":\"3\"}                     | truncatedAlerts: not a number",
        "{\"truncatedAlerts\":-1}                        | truncatedAlerts: not a number",
        "{\"truncatedAlerts\":99999999999999999999}      | truncatedAlerts: not a number",
        "{\"truncatedAlerts\":1.5}                       | truncatedAlerts: not a number"
      })
  void isRefusedAsAWholeWithThePlace(String body, String expected) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", " {\"alerts\":null} ", "{\"alerts\":[],\"x\":[{\"y\":[]}]}"})
  void nothingIsNothingToDo(String body) throws MalformedBodyException {
    assertThat(read(body)).isEqualTo(new AlertBatch(java.util.List.of(), 0));
  }

  @Test
  void missingFieldsAreEmpty() throws MalformedBodyException {
    IncomingAlert alert = read("{\"alerts\":[{\"labels\":{\"a\":null}}]}").alerts().getFirst();
    assertThat(alert.status()).isEqualTo(Status.Unknown);
    assertThat(alert.labels()).isEqualTo(Map.of("a", ""));
    assertThat(alert.startsAt()).isNull();
  }

  @Test
  void aMissingFingerprintIsTheOneThatPrometheusWouldCompute() throws MalformedBodyException {
    // Values of TestLabelSetFingerprint and of the empty set in prometheus/common.
    assertThat(Fingerprint.of(Map.of())).isEqualTo("cbf29ce484222325");
    String one =
        read("{\"alerts\":[{\"labels\":{\"b\":\"2\",\"a\":\"1\"}}]}")
            .alerts()
            .getFirst()
            .fingerprint();
    String other =
        read("{\"alerts\":[{\"labels\":{\"a\":\"1\",\"b\":\"2\"}}]}")
            .alerts()
            .getFirst()
            .fingerprint();
    assertThat(one).isEqualTo(other).matches("[0-9a-f]{16}");
    assertThat(Fingerprint.of(Map.of("a", "12"))).isNotEqualTo(Fingerprint.of(Map.of("a1", "2")));
  }

  @Test
  void theAnswerRepeatsNothingOfTheBody() {
    assertThatThrownBy(() -> read("{\"alerts\":[{\"labels\":{\"s3cret\":7}}], s3cret"))
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> read("{\"alerts\": s3cret"))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void otherEncodingsAreRefused(String charset) {
    byte[] body = "{\"alerts\":[]}".getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> READER.read(body)).hasMessageContaining("UTF-8");
  }

  @Test
  void depthIsBounded() {
    String deep = "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
    assertThatThrownBy(() -> read(deep)).isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void aHugeAlertIsKeptShortButAsJson() throws MalformedBodyException {
    StringBuilder labels = new StringBuilder("\"alertname\":\"A\"");
    for (int i = 0; i < 100; i++) {
      labels
          .append(",\"l")
          .append(i)
          .append("\":\"")
          .append("\uD83D\uDE00".repeat(200))
          .append('"');
    }
    IncomingAlert alert =
        read("{\"alerts\":[{\"status\":\"firing\",\"labels\":{"
                + labels
                + "},\"fingerprint\":\"f\"}]}")
            .alerts()
            .getFirst();
    assertThat(alert.labels()).as("routing still sees all of it").hasSize(101);
    assertThat(alert.payload().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(64 * 1024);
    tools.jackson.databind.JsonNode payload =
        tools.jackson.databind.json.JsonMapper.builder().build().readTree(alert.payload());
    assertThat(payload.get("truncated").asBoolean()).isTrue();
    assertThat(payload.get("status").asString()).isEqualTo("firing");
    assertThat(payload.get("labels").size()).isEqualTo(ShortPayload.MAX_ENTRIES);
    assertThat(payload.get("labels").get("l0").asString()).hasSize(ShortPayload.MAX_LENGTH);
  }

  @Property
  void anyBytesAreReadOrRefusedButNeverBreakTheReader(@ForAll byte[] body) {
    try {
      assertThat(READER.read(body).alerts()).isNotNull();
    } catch (MalformedBodyException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static AlertBatch read(String body) throws MalformedBodyException {
    return READER.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
