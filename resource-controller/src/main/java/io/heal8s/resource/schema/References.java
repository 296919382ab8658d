// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Where a schema points to. */
final class References {

  private References() {}

  /** The first reference to something that this schema does not hold; nothing is ever fetched. */
  static Optional<String> outside(JsonNode schema) {
    Set<String> own =
        Subschemas.all(schema)
            .map(sub -> sub.path("$id").asString(""))
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toSet());
    return Subschemas.all(schema)
        .flatMap(sub -> Stream.of("$ref", "$dynamicRef").map(sub::path))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .filter(reference -> isOutside(reference, own))
        .findFirst();
  }

  private static boolean isOutside(String reference, Set<String> own) {
    String document = reference.replaceFirst("#.*$", "");
    if (document.isEmpty() || Registries.isBundled(reference)) {
      return false;
    }
    return own.stream().noneMatch(id -> document.equals(id) || resolves(id, document, own));
  }

  /** Whether a relative reference names one of the schema's own parts. */
  private static boolean resolves(String base, String document, Set<String> own) {
    try {
      return own.contains(URI.create(base).resolve(document).toString());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
