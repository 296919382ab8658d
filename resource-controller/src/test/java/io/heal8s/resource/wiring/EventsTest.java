// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import io.heal8s.resource.wiring.RunningService.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients gained: events, patches, conditions, pages, keys, many at once. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class EventsTest {

  private RunningService service;

  @BeforeAll
  void start(SharedPostgres postgres) {
    service =
        RunningService.start(postgres.empty(2, 10), "AUTH=none", "ENABLED_ACTION_PLUGINS=test");
    service.call("POST", "/api/v1/resource-types", ContractTest.type("DatabaseCluster", "v1"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  private Answer create(String name, String... headers) {
    return service.call(
        "POST", "/api/v1/resources", ContractTest.resource(name, ContractTest.SPEC), headers);
  }

  /** An event as it was read. */
  private record Event(long id, String type, JsonNode data) {}

  /** Reads events of a name until one of the wanted type has come. */
  private List<Event> read(String path, long after, String name, String last)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        service
            .http()
            .send(
                service.request(path).header("Last-Event-ID", Long.toString(after)).build(),
                BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    List<Event> events = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      long id = 0;
      String type = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("data: ")) {
          JsonNode data = JsonMapper.shared().readTree(line.substring(6));
          if (data.path("resource_name").asString("").equals(name)) {
            events.add(new Event(id, type, data));
            if (type.equals(last)) {
              return events;
            }
          }
        }
      }
    }
    return events;
  }

  @Test
  void aWatchSeesALifeFromItsListOnAndResumesWithoutAGap() throws Exception {
    long from = Long.parseLong(service.call("GET", "/api/v1/resources", null).header("X-Event-Id"));
    long id = create("watched").json().path("id").asLong();
    List<Event> first =
        read("/api/v1/resources?watch=true&name=watched", from, "watched", "RECONCILED");
    assertThat(first.getFirst().type()).isEqualTo("CREATED");
    assertThat(first.getFirst().data().path("resource_data").path("spec").path("engine").asString())
        .isEqualTo("postgres");
    service.call("DELETE", "/api/v1/resources/" + id, null);
    List<Event> rest = read("/api/v1/events", first.getFirst().id(), "watched", "DELETED");
    assertThat(rest.stream().map(Event::id).toList())
        .startsWith(first.stream().skip(1).map(Event::id).toArray(Long[]::new));
    assertThat(rest.getLast().type()).isEqualTo("DELETED");
    assertThat(rest).noneMatch(event -> event.data().toString().contains("plugin_config"));
  }

  @Test
  void aWatchWithAFilterTellsWhatLeavesItAndWhatIsGone() throws Exception {
    long from = Long.parseLong(service.call("GET", "/api/v1/resources", null).header("X-Event-Id"));
    String path = "/api/v1/resources/" + create("leaving").json().path("id");
    for (String tier : List.of("a", "b")) {
      service.call("PATCH", path, "{\"metadata\":{\"labels\":{\"tier\":\"%s\"}}}".formatted(tier));
    }
    service.call("DELETE", path, null);
    List<Event> events =
        read("/api/v1/resources?watch=true&label_selector=tier%3Da", from, "leaving", "DELETED");
    assertThat(events.stream().map(Event::type)).containsOnlyOnce("LEFT").endsWith("DELETED");
    assertThat(events)
        .allMatch(each -> each.data().path("event_type").asString("").equals(each.type()));
  }

  @Test
  void aMergePatchChangesWhatItNames() {
    String path = "/api/v1/resources/" + create("patched").json().path("id");
    Answer answer =
        service.call(
            "PATCH",
            path,
            "{\"spec\":{\"storage_gb\":700},\"metadata\":{\"labels\":{\"env\":\"prod\"}}}");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.json().path("spec").path("engine").asString()).isEqualTo("postgres");
    assertThat(answer.json().path("spec").path("storage_gb").asInt()).isEqualTo(700);
    assertThat(service.call("PATCH", path, "{\"spec\":{\"engine\":null}}").status())
        .as("what is left is judged")
        .isEqualTo(400);
    assertThat(service.call("PATCH", path, "{\"name\":\"other\"}").status()).isEqualTo(422);
    String found = "/api/v1/resources?label_selector=";
    assertThat(service.call("GET", found + "env=prod", null).json().size()).isEqualTo(1);
    assertThat(service.call("GET", found + "env%3Dtest", null).json().size()).isZero();
    assertThat(service.call("GET", found + "env%20in%20(prod,test),!gone", null).json().size())
        .isEqualTo(1);
    assertThat(service.call("GET", found + "=,", null).status()).isEqualTo(422);
  }

  @Test
  void aWriteOnAnOldReadingIsRefused() {
    Answer created = create("guarded");
    String path = "/api/v1/resources/" + created.json().path("id");
    String tag = created.header("ETag");
    String change = "{\"spec\":" + ContractTest.SPEC.replace("500", "501") + "}";
    assertThat(service.call("PUT", path, change, "If-Match", tag).status()).isEqualTo(200);
    assertThat(service.call("PUT", path, change, "If-Match", tag).status()).isEqualTo(412);
    assertThat(service.call("DELETE", path, null, "If-Match", tag).status()).isEqualTo(412);
    assertThat(service.call("PUT", path, "{}", "If-Match", "*").status()).isEqualTo(200);
  }

  @Test
  void aRepeatedRequestIsAnsweredAsTheFirst() {
    Answer first = create("once", "Idempotency-Key", "k-1");
    Answer again = create("once", "Idempotency-Key", "k-1");
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(create("twice", "Idempotency-Key", "k-1").status()).isEqualTo(422);
  }

  @Test
  void pagesLeadToTheNextOne() {
    for (int i = 0; i < 3; i++) {
      create("page-" + i);
    }
    Answer page = service.call("GET", "/api/v1/resources?limit=2&count=true", null);
    String next = page.header("X-Next-Cursor");
    assertThat(page.header("Link")).contains("cursor=" + next).contains("rel=\"next\"");
    assertThat(Long.parseLong(page.header("X-Total-Count"))).isGreaterThanOrEqualTo(3);
    JsonNode more = service.call("GET", "/api/v1/resources?limit=2&cursor=" + next, null).json();
    assertThat(more.path(0).path("id").asLong()).isLessThan(Long.parseLong(next));
  }

  @Test
  void manyAtOnce() {
    String body =
        "{\"resources\":[%1$s,%2$s,{\"name\":\"Bad\"},%1$s]}"
            .formatted(
                ContractTest.resource("bulk-a", ContractTest.SPEC),
                ContractTest.resource("bulk-b", "{\"engine\":\"oracle\"}"));
    JsonNode first = service.call("POST", "/api/v1/resources/apply", body).json();
    JsonNode results = first.path("results");
    assertThat(results.path(0).path("outcome").asString()).isEqualTo("created");
    assertThat(results.findValues("status")).extracting(JsonNode::asInt).containsExactly(400, 422);
    assertThat(results.path(3).path("outcome").asString()).isEqualTo("unchanged");
    assertThat(first.path("failed").asInt()).isEqualTo(2);
    results = service.call("POST", "/api/v1/resources/apply", body).json().path("results");
    assertThat(results.path(0).path("outcome").asString()).isEqualTo("unchanged");
  }

  @Test
  void secretsInAPluginConfigurationAreNotShown() {
    String body =
        ContractTest.resource("secretive", ContractTest.SPEC)
            .replace(
                "\"spec\"",
                "\"plugin_config\":{\"api_token\":\"hunter2\",\"ref_token\":\"env:X\"},\"spec\"");
    Answer created = service.call("POST", "/api/v1/resources", body);
    assertThat(created.response().body()).doesNotContain("hunter2").contains("env:X");
    String path = "/api/v1/resources/" + created.json().path("id");
    String shown = "{\"plugin_config\":" + created.json().path("plugin_config") + "}";
    Answer back = service.call("PUT", path, shown);
    assertThat(back.json().path("generation").asInt())
        .as("what came back hidden stays")
        .isEqualTo(1);
  }

  @Test
  void aSchemaThatBreaksResourcesSaysWhich() {
    long type =
        service
            .call("POST", "/api/v1/resource-types", ContractTest.type("Breaking", "v1"))
            .json()
            .path("id")
            .asLong();
    service.call(
        "POST",
        "/api/v1/resources",
        ContractTest.resource("broken-by-it", ContractTest.SPEC)
            .replace("DatabaseCluster", "Breaking"));
    String change = "{\"schema\":{\"required\":[\"owner\"]}}";
    String path = "/api/v1/resource-types/" + type;
    JsonNode dry = service.call("PUT", path + "?dry_run=true", change).json();
    assertThat(dry.path("broken_resources").path(0).path("name").asString())
        .isEqualTo("broken-by-it");
    assertThat(dry.path("schema").has("properties")).as("a dry run changes nothing").isTrue();
    JsonNode done = service.call("PUT", path, change).json();
    assertThat(done.path("broken_resources").path(0).path("detail").asString())
        .isEqualTo("(root): 'owner' is a required property");
  }

  /** What the REST interface answers; the state of programs has methods that no document names. */
  private Set<String> served() {
    Set<String> served = new TreeSet<>();
    for (RequestMappingHandlerMapping mappings :
        service.beans(RequestMappingHandlerMapping.class)) {
      mappings
          .getHandlerMethods()
          .forEach(
              (mapping, handler) -> {
                if (handler.getBeanType().getPackageName().equals("io.heal8s.resource.rest")) {
                  mapping
                      .getPatternValues()
                      .forEach(
                          path ->
                              mapping
                                  .getMethodsCondition()
                                  .getMethods()
                                  .forEach(method -> served.add(method + " " + path)));
                }
              });
    }
    return served;
  }

  @Test
  void theDocumentTellsWhatIsServed() {
    JsonNode document = service.call("GET", "/openapi.json", null).json();
    assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
    List<String> operations = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyNames()
                    .forEach(
                        method ->
                            operations.add(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
    assertThat(operations).contains("PATCH /api/v1/resources/{id}", "GET /api/v1/events");
    assertThat(operations)
        .as("every operation is described")
        .containsExactlyInAnyOrderElementsOf(served());
    Answer page = service.call("GET", "/docs", null);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.response().body()).doesNotContain("https://");
  }
}
