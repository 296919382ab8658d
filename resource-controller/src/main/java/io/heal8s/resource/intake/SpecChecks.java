// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceType;
import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.schema.ResourceSchema;
import io.heal8s.resource.schema.SchemaRefusedException;
import io.heal8s.resource.schema.SpecError;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is asked of a spec: by the schema of its type, and by the plugin that shall act. */
final class SpecChecks {

  private final SchemaCache schemas;
  private final PluginCatalog plugins;

  SpecChecks(SchemaCache schemas, PluginCatalog plugins) {
    this.schemas = schemas;
    this.plugins = plugins;
  }

  JsonNode withDefaults(ResourceType type, JsonNode spec) {
    return schemas.of(type).withDefaults(spec);
  }

  /** The sentence that says what is wrong with that plugin; empty when it is there. */
  Optional<String> unknownPlugin(String name) {
    return plugins.action(name).isPresent()
        ? Optional.empty()
        : Optional.of(
            "Unknown action plugin: %s. Available plugins: %s"
                .formatted(name, String.join(", ", plugins.actionNames())));
  }

  /** What the schema says against a spec. */
  Optional<String> schema(ResourceType type, JsonNode spec) {
    return schema(schemas, type, spec);
  }

  /** The same for those who need nothing else. */
  static Optional<String> schema(SchemaCache schemas, ResourceType type, JsonNode spec) {
    try {
      ResourceSchema schema = schemas.of(type);
      List<SpecError> errors = schema.errors(spec);
      return errors.isEmpty()
          ? Optional.empty()
          : Optional.of("Spec validation failed: " + SpecError.text(errors));
    } catch (SchemaRefusedException e) {
      return Optional.of("Validation failed: " + e.getMessage());
    }
  }

  /** What the plugin says against a request. */
  Optional<String> plugin(
      long id, Wish wish, ResourceType type, JsonNode spec, JsonNode pluginConfig) {
    Optional<ActionPlugin> plugin = plugins.action(wish.actionPlugin());
    if (plugin.isEmpty()) {
      return Optional.empty();
    }
    return told(plugin.get().validateSpec(request(id, wish, type, spec, pluginConfig)));
  }

  /** What the plugin says against making the one that is stored into what is wished. */
  Optional<String> change(Resource old, Wish wish, ResourceType type, JsonNode spec) {
    return plugins
        .action(wish.actionPlugin())
        .flatMap(
            plugin ->
                told(
                    plugin.validateChange(
                        stored(old, type),
                        request(old.id(), wish, type, spec, wish.pluginConfig()))));
  }

  private static ActionRequest stored(Resource old, ResourceType type) {
    return new ActionRequest(
        old.id(),
        old.name(),
        old.typeName(),
        old.typeVersion(),
        old.generation(),
        old.spec(),
        old.pluginConfig(),
        type.metadata(),
        old.outputs(),
        null);
  }

  private static ActionRequest request(
      long id, Wish wish, ResourceType type, JsonNode spec, JsonNode pluginConfig) {
    return new ActionRequest(
        id,
        wish.name(),
        wish.typeName(),
        wish.typeVersion(),
        1,
        spec,
        pluginConfig,
        type.metadata(),
        JsonNodeFactory.instance.objectNode(),
        null);
  }

  private static Optional<String> told(List<String> complaints) {
    return complaints.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", complaints));
  }
}
