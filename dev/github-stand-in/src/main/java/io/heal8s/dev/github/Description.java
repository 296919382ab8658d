// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published description of a REST API (OpenAPI 3.0), from which operations are taken singly.
 */
final class Description {

  private final JsonNode document;
  private final Schemas schemas;
  private final Map<String, Operation> operations = new ConcurrentHashMap<>();

  private Description(JsonNode document) {
    this.document = document;
    this.schemas = new Schemas(document);
  }

  static Description read(Edition edition) {
    return new Description(
        JsonMapper.shared()
            .readTree(
                PublishedFiles.of("@octokit/openapi", "generated/" + edition.file()).toFile()));
  }

  /**
   * One operation.
   *
   * @param template path as the description spells it, for example {@code /repos/{owner}/{repo}}
   * @throws IllegalArgumentException when the description has no such operation
   */
  Operation operation(String method, String template) {
    return operations.computeIfAbsent(method + " " + template, key -> find(method, template));
  }

  /** A sparse object with all that a component's schema demands besides. */
  JsonNode completed(String component, JsonNode sparse, String address) {
    return new Completion(schemas, address).complete(component(component), sparse);
  }

  /** What is wrong with an object of a component's schema; empty when nothing is. */
  List<String> problems(String component, JsonNode value) {
    return schemas.problems(component(component), value);
  }

  private JsonNode component(String name) {
    JsonNode schema = document.path("components").path("schemas").path(name);
    if (!schema.isObject()) {
      throw new IllegalArgumentException("GitHub's description has no schema " + name);
    }
    return schema;
  }

  private Operation find(String method, String template) {
    JsonNode node = document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          "GitHub's description has no operation " + method + " " + template);
    }
    return new Operation(method, template, node, schemas);
  }
}
