// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.cli.Heal8s;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesCommandTest {

  private static final String BY_NAME = "GET /api/v1/resources/by-name/Disk/v1/a";
  private static final String WAITING =
      """
      {"id":7,"name":"a","pending_plan":{"id":"p-1","generation":2,"output":"make it larger"}}
      """;

  @TempDir Path folder;

  private final PlayedController controller = new PlayedController();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void stop() {
    controller.close();
  }

  private int run(String... args) {
    List<String> line = new ArrayList<>(List.of("resources", "--server", controller.address()));
    line.addAll(List.of(args));
    return Heal8s.commandLine(new PrintWriter(out), new PrintWriter(err))
        .execute(line.toArray(String[]::new));
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("spec.yaml"), text).toString();
  }

  private PlayedController named() {
    return controller.answers(BY_NAME, 200, "{\"id\":7}");
  }

  private List<String> asked() {
    return controller.asked().stream().map(PlayedController.Asked::what).toList();
  }

  @Test
  void aListIsReadToItsEnd() {
    String first = "GET /api/v1/resources?limit=1000&status=ready";
    controller
        .answersPage(first, "[{\"id\":3,\"name\":\"c\"}]", "3")
        .answersPage(first + "&cursor=3", "[{\"id\":2,\"name\":\"b\"}]", "2/x")
        .answers(first + "&cursor=2%2Fx", 200, "[{\"id\":1,\"name\":\"a\"}]");
    assertThat(run("get", "--status", "ready")).as(err.toString()).isZero();
    assertThat(out.toString().lines().map(row -> row.split(" +")[1]))
        .containsExactly("NAME", "c", "b", "a");
    out.getBuffer().setLength(0);
    assertThat(run("get", "--status", "ready", "--json")).isZero();
    assertThat(out.toString().lines().filter(row -> row.contains("\"id\""))).hasSize(3);
  }

  @Test
  void aPageThatIsRefusedIsNoEndOfTheList() {
    controller.answersPage("GET /api/v1/resources?limit=1000", "[{\"id\":3}]", "3");
    assertThat(run("get")).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("404: none");
  }

  @Test
  void aResourceIsShownInTheVersionThatItIsNamedIn() {
    named()
        .answers("GET /api/v1/resources/7?version=v1", 200, "{\"id\":7,\"spec\":{\"gb\":5}}")
        .answers("GET /api/v1/resources/7", 200, "{\"id\":7,\"spec\":{\"size\":{\"gb\":5}}}");
    assertThat(run("get", "Disk/v1/a")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("\"gb\": 5").doesNotContain("size");
    assertThat(run("get", "7")).isZero();
    assertThat(out.toString()).contains("size");
  }

  @Test
  void aSpecIsInTheVersionThatTheResourceIsNamedIn() throws IOException {
    named().answers("PUT /api/v1/resources/7?version=v1", 200, "{\"id\":7}");
    assertThat(run("update", "Disk/v1/a", "-f", file("gb: 6"))).as(err.toString()).isZero();
    assertThat(controller.asked().getLast().body().replaceAll("\\s", ""))
        .isEqualTo("{\"spec\":{\"gb\":6}}");
  }

  @Test
  void aDocumentSaysItsVersionItself() throws IOException {
    named().answers("PUT /api/v1/resources/7?version=v2", 200, "{\"id\":7}");
    String document = file("{resource_type_version: v2, spec: {size: {gb: 6}}}");
    assertThat(run("update", "Disk/v1/a", "-f", document)).as(err.toString()).isZero();
    assertThat(run("update", "7", "-f", document)).as(err.toString()).isZero();
  }

  @Test
  void aSpecForANumberIsInTheVersionThatIsStored() throws IOException {
    controller.answers("PUT /api/v1/resources/7", 200, "{\"id\":7}");
    assertThat(run("update", "7", "-f", file("gb: 6"))).as(err.toString()).isZero();
  }

  @Test
  void aPlanIsShownBeforeItIsApproved() {
    named().answers("GET /api/v1/resources/7", 200, WAITING);
    assertThat(run("approve", "Disk/v1/a")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("plan p-1 of generation 2", "make it larger")
        .contains("heal8s resources approve Disk/v1/a --plan p-1");
    assertThat(asked()).as("nothing is approved").noneMatch(what -> what.startsWith("POST"));
  }

  @Test
  void thePlanThatIsNamedIsApproved() {
    named()
        .answers("GET /api/v1/resources/7", 200, WAITING)
        .answers("POST /api/v1/resources/7/approve", 200, "{}");
    assertThat(run("approve", "Disk/v1/a", "--plan", "p-1")).as(err.toString()).isZero();
    assertThat(controller.asked().getLast().body()).contains("\"plan_id\": \"p-1\"");
    assertThat(out.toString()).contains("make it larger", "approved plan p-1");
  }

  @Test
  void aPlanThatChangedSinceItWasShownIsNotApproved() {
    named()
        .answers("GET /api/v1/resources/7", 200, WAITING)
        .answers(
            "POST /api/v1/resources/7/approve", 409, "{\"detail\":\"That plan does not wait\"}");
    assertThat(run("approve", "7", "--plan", "p-0")).isEqualTo(1);
    assertThat(err.toString()).contains("plan p-0 does not wait for approval; p-1 does");
    assertThat(asked()).noneMatch(what -> what.startsWith("POST"));

    assertThat(run("approve", "7", "--plan", "p-1")).as("changed in between").isEqualTo(1);
    assertThat(err.toString()).contains("409: That plan does not wait");
    assertThat(out.toString()).doesNotContain("approved");
  }

  @Test
  void withoutAPlanThereIsNothingToApprove() {
    named().answers("GET /api/v1/resources/7", 200, "{\"id\":7}");
    assertThat(run("approve", "Disk/v1/a")).isEqualTo(1);
    assertThat(err.toString()).contains("no plan of Disk/v1/a waits for approval");
  }
}
