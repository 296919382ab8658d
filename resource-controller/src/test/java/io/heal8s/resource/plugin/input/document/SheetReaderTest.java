// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.InputSink.Key;
import io.heal8s.resource.plugin.InputSink.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetReaderTest {

  private static final String GOOD =
      """
      name: shop-db
      resource_type_name: Database
      resource_type_version: v1
      action_plugin: http
      metadata: {labels: {env: prod}}
      plugin_config: {url: "https://example.org"}
      spec: {size: 5, on: true, names: [a, b], ratio: 0.5, when: null}
      """;

  private final SheetReader reader = new SheetReader("somewhere");

  @Test
  void aDocument() {
    Sheet sheet = reader.read("a.yaml", GOOD);
    assertThat(sheet.problems()).isEmpty();
    Wanted wanted = sheet.wanted().getFirst();
    assertThat(wanted.key()).isEqualTo(new Key("Database", "v1", "shop-db"));
    assertThat(wanted.labels()).isEqualTo(Map.of("env", "prod"));
    assertThat(wanted.spec())
        .hasToString(
            "{\"size\":5,\"on\":true,\"names\":[\"a\",\"b\"],\"ratio\":0.5,\"when\":null}");
    assertThat(Objects.requireNonNull(wanted.origin()).part()).isEqualTo("a.yaml");
    assertThat(wanted.toString()).doesNotContain("example.org");
  }

  @Test
  void aBadDocumentLeavesItsNeighbours() {
    Sheet sheet = reader.read("a.yaml", GOOD + "---\nname: other\nspce: {}\n---\n" + GOOD);
    assertThat(sheet.wanted()).hasSize(2);
    assertThat(sheet.problems())
        .containsExactly(
            "document 2: resource_type_name must be a text",
            "document 2: resource_type_version must be a text",
            "document 2: spec must be an object",
            "document 2: unknown field spce");
  }

  @Test
  void listsAndJsonWithTabs() {
    String json =
        "[\n\t{\"name\":\"a\",\"resource_type_name\":\"T\",\"resource_type_version\":\"v1\",\"spec\":{\"x\":1}},"
            + "\n\t{\"name\":\"b\",\"resource_type_name\":\"T\",\"resource_type_version\":\"v1\",\"spec\":{\"x\":2}}]";
    assertThat(reader.read("", json).wanted()).hasSize(2);
    assertThat(
            reader
                .read(
                    "",
                    "- name: a\n  resource_type_name: T\n  resource_type_version: v1\n  spec: {x: 1}\n")
                .wanted())
        .hasSize(1);
    assertThat(reader.read("", "# nothing\n")).isEqualTo(new Sheet("", List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a: [1'              | is no YAML",
        "'{\"a\": '           | is no JSON",
        "just words           | must be an object",
        "'name: a\nname: b'   | is no YAML",
      })
  void whatCannotBeUnderstoodIsSaid(String text, String expected) {
    Sheet sheet = reader.read("a.yaml", text);
    assertThat(sheet.wanted()).isEmpty();
    assertThat(sheet.problems()).singleElement().asString().startsWith(expected);
  }
}
