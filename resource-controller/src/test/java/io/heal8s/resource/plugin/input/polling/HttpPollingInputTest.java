// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.MoodyServer;
import io.heal8s.resource.testing.MoodyServer.Reply;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.RealSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class HttpPollingInputTest {

  @TempDir private Path directory;
  private MoodyServer server;
  private RealSink sink;
  private final List<OutboundHttpClient> clients = new ArrayList<>();

  @BeforeEach
  void start(Database database) {
    server = new MoodyServer();
    sink = new RealSink(database);
  }

  @AfterEach
  void stop() {
    clients.forEach(OutboundHttpClient::close);
    sink.close();
    server.close();
  }

  private PollingRound round(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("url", server.url("/list?key=k3y"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    PolledList list = PolledList.read(settings).orElseThrow();
    OutboundHttpClient client = new OutboundHttpClient(list.outbound());
    clients.add(client);
    return new PollingRound(list, client, sink.of(PolledList.NAME), Clock.systemUTC());
  }

  private static String item(String name, int size) {
    return """
    {"name":"%s","resource_type_name":"Database","resource_type_version":"v1",
     "action_plugin":"instant","spec":{"size":%d}}
    """
        .formatted(name, size);
  }

  private void serve(String tag, String body) {
    server.answers(
        received ->
            received.header("if-none-match").filter(tag::equals).isPresent()
                ? Reply.json(304, "")
                : Reply.json(200, body).with("ETag", tag));
  }

  @Test
  void theListIsFollowedAndAskedForWithItsTag() {
    PollingRound round = round("prune", "true");
    serve("\"1\"", "[" + item("a", 1) + "," + item("b", 2) + "]");
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1, "b", 2));

    assertThat(round.once()).isEmpty();
    assertThat(server.received().getLast().header("if-none-match")).contains("\"1\"");

    serve("\"2\"", "[" + item("b", 3) + "]");
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("b", 3));
    assertThat(sink.all().getFirst().metadata().toString()).doesNotContain("k3y");
  }

  @Test
  void nothingIsDeletedUnlessAskedFor() {
    PollingRound round = round();
    serve("\"1\"", "[" + item("a", 1) + "]");
    round.once();
    serve("\"2\"", "[]");
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "<html>", "{\"error\":\"down\"}", "[{\"name\":\"x\"}]"})
  void anAnswerThatIsNoListDeletesNothing(String body) {
    PollingRound round = round("prune", "true");
    serve("\"1\"", "[" + item("a", 1) + "]");
    round.once();
    serve("\"2\"", body);
    assertThat(round.once()).isNotEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void anUnhealthyServerDeletesNothingAndIsTold() {
    PollingRound round = round("prune", "true");
    serve("\"1\"", "[" + item("a", 1) + "]");
    round.once();
    server.answers(_ -> Reply.json(500, "[]"));
    assertThat(round.once())
        .containsExactly(
            server.url("/list") + " cannot be read, so nothing is changed: it answered 500");
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void whatWasRefusedIsTriedAgainThoughTheListIsTheSame() {
    PollingRound round = round();
    serve("\"1\"", "[" + item("a", 1).replace("\"Database\"", "\"Cache\"") + "]");
    assertThat(round.once())
        .singleElement()
        .asString()
        .endsWith(": a: Resource type Cache/v1 not found");
    round.once();
    assertThat(server.received().getLast().header("if-none-match")).isEmpty();
  }

  @Test
  void theTokenIsReadAnew() throws Exception {
    Path file = directory.resolve("token");
    PollingRound round = round("tokenFile", file.toString());
    serve("\"1\"", "[]");
    assertThat(round.once()).singleElement().asString().contains("tokenFile cannot be read");
    assertThat(server.received()).isEmpty();
    Files.writeString(file, "secret-token\n");
    assertThat(round.once()).isEmpty();
    assertThat(server.received().getFirst().header("authorization"))
        .contains("Bearer secret-token");
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThatThrownBy(() -> PolledList.read(Map.of("url", "https://u:p@host/")))
        .hasMessageContaining("url of http_polling")
        .hasMessageNotContaining("u:p");
    assertThat(PolledList.read(Map.of())).isEmpty();
  }
}
