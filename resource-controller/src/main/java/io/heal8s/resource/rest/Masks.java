// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hides what looks like a secret in a plugin configuration. A reference to a secret is shown; what
 * is hidden and comes back hidden keeps its value.
 */
final class Masks {

  /** What stands for a hidden value. */
  static final String HIDDEN = "***";

  private static final Set<String> SECRET_WORDS =
      Set.of(
          "password",
          "passwd",
          "secret",
          "token",
          "credential",
          "apikey",
          "api_key",
          "private_key");

  private static final Set<String> REFERENCES = Set.of("env:", "file:", "vault:", "kubernetes:");

  private Masks() {}

  /** The same with secrets hidden. */
  static JsonNode hidden(JsonNode config) {
    if (!(config instanceof ObjectNode object)) {
      return config;
    }
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (var entry : object.properties()) {
      JsonNode value = entry.getValue();
      boolean hide = isSecret(entry.getKey()) && !value.isObject() && !isReference(value);
      shown.set(entry.getKey(), hide ? JsonNodeFactory.instance.stringNode(HIDDEN) : hidden(value));
    }
    return shown;
  }

  /** The same with what comes back hidden as it is stored. */
  static JsonNode restored(JsonNode config, JsonNode stored) {
    if (!(config instanceof ObjectNode object)) {
      return config;
    }
    ObjectNode whole = JsonNodeFactory.instance.objectNode();
    for (var entry : object.properties()) {
      JsonNode before = stored.path(entry.getKey());
      boolean keep =
          entry.getValue().asString("").equals(HIDDEN)
              && isSecret(entry.getKey())
              && !before.isMissingNode();
      whole.set(entry.getKey(), keep ? before : restored(entry.getValue(), before));
    }
    return whole;
  }

  private static boolean isSecret(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(name::contains);
  }

  private static boolean isReference(JsonNode value) {
    return value.isString() && REFERENCES.stream().anyMatch(value.stringValue()::startsWith);
  }
}
