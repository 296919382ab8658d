// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which object belongs to an apply set.
 *
 * @param apiVersion group and version
 * @param kind kind
 * @param namespace its namespace; empty where the kind has none
 * @param name its name
 */
record Member(String apiVersion, String kind, String namespace, String name) {

  static Member of(JsonNode json) {
    return new Member(
        json.path("apiVersion").asString(""),
        json.path("kind").asString(""),
        json.path("namespace").asString(""),
        json.path("name").asString(""));
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("apiVersion", apiVersion)
        .put("kind", kind)
        .put("namespace", namespace)
        .put("name", name);
  }

  /** API group; empty for the core group. */
  String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  /** Version of the group. */
  String version() {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  /** The same object, in whatever version it is spoken of. */
  boolean isSameAs(Member other) {
    return group().equals(other.group())
        && kind.equals(other.kind)
        && namespace.equals(other.namespace)
        && name.equals(other.name);
  }

  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
