// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a pass would change, as the server itself says; nothing is written. */
record Preview(Pass pass) {

  /** One line for each object that would change; empty when none would. */
  List<String> lines(Plan plan) throws Trouble {
    List<Manifest> manifests = pass.placed(plan);
    ApplySet set = pass.stored(plan.namespace());
    List<String> lines = new ArrayList<>();
    for (Manifest manifest : manifests) {
      Optional<JsonNode> now = pass.ours(set, manifest.member());
      JsonNode then =
          Trouble.orThrow(
              pass.objects()
                  .apply(
                      manifest.member(),
                      set.marked(manifest.content()),
                      now.map(Pass::uid).orElse(null),
                      true),
              manifest.member());
      if (now.isEmpty()) {
        lines.add("create " + manifest.member());
      } else if (!told(now.get()).equals(told(then))) {
        lines.add("change " + manifest.member() + ": " + fields(told(now.get()), told(then)));
      }
    }
    set.beside(manifests.stream().map(Manifest::member).toList())
        .forEach(member -> lines.add("delete " + member));
    return lines;
  }

  /** An object without what changes by itself. */
  private static JsonNode told(JsonNode object) {
    ObjectNode told = (ObjectNode) object.deepCopy();
    told.remove("status");
    if (told.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(List.of("managedFields", "resourceVersion", "generation"));
    }
    return told;
  }

  /** Which top-level fields differ; values may be secret. */
  private static String fields(JsonNode now, JsonNode then) {
    List<String> fields = new ArrayList<>(now.propertyNames());
    then.propertyNames().stream().filter(name -> !now.has(name)).forEach(fields::add);
    return fields.stream()
        .filter(name -> !now.path(name).equals(then.path(name)))
        .reduce((left, right) -> left + ", " + right)
        .orElse("");
  }
}
