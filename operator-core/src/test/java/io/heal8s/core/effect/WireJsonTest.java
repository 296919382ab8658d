// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireJsonTest {

  enum Mode {
    GitOps
  }

  record Inner(@Nullable Integer number, @Nullable OffsetDateTime at) {}

  record Outer(@Nullable Mode mode, @Nullable Inner inner, @Nullable List<String> names) {}

  private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-01T12:00:00Z");

  @Test
  void recordsComeBackAsTheyWere() {
    Outer outer = new Outer(Mode.GitOps, new Inner(3, NOON), List.of("a"));

    String json = WireJson.GSON.toJson(outer);
    assertThat(json)
        .isEqualTo(
            "{\"mode\":\"GitOps\",\"inner\":{\"number\":3,\"at\":\"2026-03-01T12:00:00Z\"},"
                + "\"names\":[\"a\"]}");
    assertThat(WireJson.GSON.fromJson(json, Outer.class)).isEqualTo(outer);
  }

  @Test
  void valueOfALaterVersionReadsAsNullInsteadOfFailing() {
    Outer outer = WireJson.GSON.fromJson("{\"mode\":\"Later\",\"more\":{}}", Outer.class);

    assertThat(outer.mode()).isNull();
    assertThat(outer.inner()).isNull();
  }

  @Test
  void timesAreWrittenInUtcWithMicrosecondsOnlyWhereThereAreSome() {
    assertThat(time(OffsetDateTime.parse("2026-03-01T13:00:00+01:00")))
        .isEqualTo("2026-03-01T12:00:00Z");
    assertThat(time(NOON.plusNanos(1_500_000))).isEqualTo("2026-03-01T12:00:00.001500Z");
    assertThat(time(NOON.plusNanos(999))).isEqualTo("2026-03-01T12:00:00Z");
  }

  @Test
  void microTimeAlwaysHasSixDigitsBecauseTheServerInsists() {
    assertThat(WireJson.GSON.toJson(new V1LeaseSpec().renewTime(NOON)))
        .contains("2026-03-01T12:00:00.000000Z");
  }

  @Test
  void managedFieldsAreNotKept() {
    String json =
        "{\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"manager\":\"x\",\"fieldsV1\":{}}]}}";

    V1Deployment typed = WireJson.GSON.fromJson(json, V1Deployment.class);
    assertThat(typed.getMetadata()).isEqualTo(new V1ObjectMeta().name("a").managedFields(null));
    JsonObject plain = JsonParser.parseString(json).getAsJsonObject();
    assertThat(WireJson.withoutManagedFields(plain).toString())
        .isEqualTo("{\"metadata\":{\"name\":\"a\"}}");
  }

  @Test
  void bytesAreBase64() {
    String json = "{\"data\":{\"token\":\"aMOk\"}}";

    V1Secret secret = WireJson.GSON.fromJson(json, V1Secret.class);
    assertThat(secret.getData()).containsEntry("token", "hä".getBytes(StandardCharsets.UTF_8));
    assertThat(WireJson.GSON.toJson(secret)).contains("\"token\":\"aMOk\"");
  }

  @Test
  void quantitiesAndIntOrStringsOfTheClientsModelsComeBackAsTheyWere() {
    String json =
        """
        {"spec":{"strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":1}},
         "template":{"spec":{"containers":[{"name":"c","resources":{"limits":{"memory":"512Mi"}}}]}}}}
        """;

    String back = WireJson.GSON.toJson(WireJson.GSON.fromJson(json, V1Deployment.class));
    assertThat(back)
        .contains("\"maxSurge\":\"25%\"", "\"maxUnavailable\":1", "\"memory\":\"512Mi\"");
  }

  @Test
  void nothingEmptyOfMetadataIsEverSent() {
    ResourceType<JsonObject> type =
        ResourceType.untyped("apps", "v1", "Deployment", "deployments", true);
    JsonObject object =
        MinimalObject.of(
            type,
            new ObjectKey("ns", "a"),
            new Precondition("u-1", null),
            Map.of(
                "metadata",
                new V1ObjectMeta().putLabelsItem("x", "y"),
                "spec",
                Map.of(
                    "template", Map.of("metadata", new V1ObjectMeta()), "list", new JsonArray())));

    assertThat(object.toString())
        .as("because finalizers: [] and ownerReferences: [] would wipe other people's")
        .doesNotContain("finalizers", "ownerReferences", "managedFields", "annotations")
        .contains("\"labels\":{\"x\":\"y\"}", "\"uid\":\"u-1\"", "\"list\":[]")
        .doesNotContain("resourceVersion");
  }

  private static String time(OffsetDateTime at) {
    String json = WireJson.GSON.toJson(new Inner(null, at));
    return json.substring(json.indexOf(':') + 2, json.length() - 2);
  }
}
