// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.source.alertmanager.AlertmanagerSource;
import io.heal8s.gateway.source.autoheal.AutoHealSource;
import io.heal8s.gateway.source.grafana.GrafanaSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every folder is a source's id; every body in it must have an expectation and the other way. */
class GoldenBodiesTest {

  private static final List<AlertSource> SOURCES =
      List.of(new AlertmanagerSource(), new GrafanaSource(), new AutoHealSource());
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Stream<Path> bodies() throws IOException, URISyntaxException {
    Path root =
        Path.of(Objects.requireNonNull(GoldenBodiesTest.class.getResource("/bodies")).toURI());
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).allSatisfy(file -> assertThat(other(file)).isRegularFile());
      return all.stream().filter(file -> file.toString().endsWith(".json")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void readsWhatRealSendersPost(Path file) throws Exception {
    byte[] body = Files.readAllBytes(file);
    AlertBatch batch = source(file).read(body);
    assertThat(render(batch)).isEqualTo(Files.readString(other(file)));

    JsonNode tree = JSON.readTree(body).get("alerts");
    for (int i = 0; i < batch.alerts().size(); i++) {
      IncomingAlert alert = batch.alerts().get(i);
      assertThat(JSON.readTree(alert.payload()))
          .as("the payload is the one alert, whole, with what we do not know")
          .isEqualTo(tree.get(i));
      JsonNode labels = tree.get(i).get("labels");
      assertThat(alert.labels()).hasSize(labels.size());
      alert
          .labels()
          .forEach((name, value) -> assertThat(labels.get(name).asString()).isEqualTo(value));
    }
  }

  private static String render(AlertBatch batch) {
    StringBuilder text = new StringBuilder("truncated " + batch.truncatedAlerts() + "\n");
    for (IncomingAlert alert : batch.alerts()) {
      boolean given = alert.payload().contains("fingerprint");
      text.append(
          "%s %s %s %s %s %s%n"
              .formatted(
                  alert.source(),
                  alert.status(),
                  alert.name(),
                  given ? alert.fingerprint() : "?",
                  alert.startsAt(),
                  alert.endsAt()));
    }
    return text.toString();
  }

  private static AlertSource source(Path file) {
    String id = Objects.requireNonNull(file.getParent()).getFileName().toString();
    return SOURCES.stream().filter(source -> source.id().equals(id)).findFirst().orElseThrow();
  }

  private static Path other(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(
        name.endsWith(".json")
            ? name.replace(".json", ".expected.txt")
            : name.replace(".expected.txt", ".json"));
  }
}
