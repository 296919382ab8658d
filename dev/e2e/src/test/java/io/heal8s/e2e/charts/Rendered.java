// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects of a rendering.
 *
 * @param docs in helm's order
 */
record Rendered(List<Doc> docs) {
  private static final Pattern DOCUMENT = Pattern.compile("(?m)^---$");

  static Rendered of(String yaml) {
    return new Rendered(
        DOCUMENT
            .splitAsStream(yaml)
            .filter(text -> text.lines().anyMatch(line -> line.startsWith("kind:")))
            .map(Doc::yaml)
            .toList());
  }

  Stream<Doc> ofKind(String... kinds) {
    return docs.stream().filter(doc -> List.of(kinds).contains(doc.text("kind")));
  }

  /** Every RBAC rule, each with the object that holds it. */
  Stream<Rule> rules() {
    return ofKind("Role", "ClusterRole")
        .flatMap(
            role ->
                elements(role, "rules")
                    .map(rule -> new Rule(role, new Doc(rule.getAsJsonObject()))));
  }

  static Stream<JsonElement> elements(Doc doc, String path) {
    JsonElement list = doc.at(path);
    return list instanceof JsonArray array
        ? StreamSupport.stream(array.spliterator(), false)
        : Stream.empty();
  }

  /**
   * One RBAC rule.
   *
   * @param role the object that holds it
   * @param rule apiGroups, resources, verbs
   */
  record Rule(Doc role, Doc rule) {
    List<String> all(String key) {
      return elements(rule, key).map(JsonElement::getAsString).toList();
    }

    @Override
    public String toString() {
      return role.name() + Objects.toString(rule.json());
    }
  }
}
