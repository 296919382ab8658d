// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import io.heal8s.core.http.secret.Redactor;
import io.heal8s.core.http.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The secrets of one call: they are read when the call is made, and masked in what comes back, for
 * there are servers that tell what they were sent.
 */
final class CallSecrets {

  private final Function<String, Optional<String>> source;
  private final List<Secret> used = new ArrayList<>();

  /** Makes it; the source gives the value of a reference. */
  CallSecrets(Function<String, Optional<String>> source) {
    this.source = source;
  }

  /**
   * What a header is sent with.
   *
   * @throws IllegalArgumentException when it refers to a secret that is not there
   */
  String value(HttpCall.Header header) {
    if (!header.isSecret()) {
      return header.text();
    }
    String value =
        source
            .apply(header.text())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the secret "
                            + header.text()
                            + " is not there, or may not be referred to"));
    used.add(Secret.of(value));
    return value;
  }

  /** The document without them, and without what looks like a token. */
  JsonNode masked(JsonNode document) {
    return masked(document, new Redactor(() -> used));
  }

  private static JsonNode masked(JsonNode node, Redactor redactor) {
    if (node.isString()) {
      return JsonNodeFactory.instance.stringNode(redactor.redact(node.stringValue()));
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(field -> object.set(field.getKey(), masked(field.getValue(), redactor)));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(each -> array.add(masked(each, redactor)));
      return array;
    }
    return node;
  }
}
