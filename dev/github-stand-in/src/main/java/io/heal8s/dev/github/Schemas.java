// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of one description. Each is compiled when it is first used, together with only those
 * components that it refers to: the whole description has thousands.
 */
final class Schemas {

  private static final int MOST_SHOWN = 5;

  private final JsonNode document;
  private final SchemaRegistry registry =
      SchemaRegistry.withDialect(
          Dialect.builder(Dialects.getOpenApi30())
              // Beside a schema, only to hold what it refers to.
              .keyword(new NonValidationKeyword("components"))
              .keyword(new NonValidationKeyword("x-github-breaking-changes"))
              .build());
  // By identity: to compare two schemas costs more than to compile one.
  private final Map<JsonNode, Schema> compiled =
      Collections.synchronizedMap(new IdentityHashMap<>());

  Schemas(JsonNode document) {
    this.document = document;
  }

  /** What a node says after its reference, if it is one. */
  JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isString() ? resolved(at(reference.stringValue())) : node;
  }

  /** What is wrong with a value; empty when nothing is. */
  List<String> problems(JsonNode schema, JsonNode value) {
    return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
        .limit(MOST_SHOWN)
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  private Schema compile(JsonNode schema) {
    ObjectNode closed = JsonNodeFactory.instance.objectNode();
    closed.putArray("allOf").add(schema);
    Deque<JsonNode> open = new ArrayDeque<>(List.of(schema));
    while (!open.isEmpty()) {
      for (JsonNode reference : open.pop().findValues("$ref")) {
        String pointer = reference.stringValue().substring(1);
        if (closed.at(pointer).isMissingNode()) {
          JsonNode target = at(reference.stringValue());
          put(closed, pointer, target);
          open.push(target);
        }
      }
    }
    return registry.getSchema(closed);
  }

  private JsonNode at(String reference) {
    JsonNode target = document.at(reference.substring(1));
    if (target.isMissingNode()) {
      throw new IllegalStateException("the description has no " + reference);
    }
    return target;
  }

  private static void put(ObjectNode root, String pointer, JsonNode target) {
    String[] names = pointer.substring(1).split("/", -1);
    ObjectNode node = root;
    for (int i = 0; i < names.length - 1; i++) {
      node = node.withObject("/" + names[i]);
    }
    node.set(names[names.length - 1], target);
  }
}
