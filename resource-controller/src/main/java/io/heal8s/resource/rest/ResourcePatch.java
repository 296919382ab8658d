// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.intake.Edit;
import io.heal8s.resource.intake.IntakeResult;
import io.heal8s.resource.intake.Masks;
import io.heal8s.resource.intake.ResourceIntake;
import io.heal8s.resource.model.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A merge patch of a resource: of its spec, plugin configuration, metadata and approval. */
final class ResourcePatch {

  private static final List<String> FIXED =
      List.of("id", "name", "resource_type_name", "resource_type_version", "action_plugin");

  private final Body body;

  private ResourcePatch(Body body) {
    this.body = body;
  }

  static ResourcePatch of(Body body) {
    FIXED.stream()
        .filter(body::mentions)
        .forEach(name -> body.broken(name, name + " cannot be changed"));
    ResourceModels.sized(body, "spec");
    ResourceModels.sized(body, "plugin_config");
    body.optionalObject("metadata");
    ResourceModels.approval(body);
    body.check();
    return new ResourcePatch(body);
  }

  /** Lays the patch over what is there. */
  IntakeResult apply(
      ResourceIntake intake, long id, @Nullable Long expected, Caller caller, boolean defaults) {
    return intake.update(id, now -> edit(now, defaults), expected, caller);
  }

  private Edit edit(Resource now, boolean defaults) {
    JsonNode spec = merged(body.raw("spec"), now.spec());
    JsonNode config =
        merged(Masks.restored(body.raw("plugin_config"), now.pluginConfig()), now.pluginConfig());
    JsonNode metadata = merged(body.raw("metadata"), now.metadata());
    if (spec != null) {
      ResourceModels.checkSize(body, "spec", spec);
    }
    if (config != null) {
      ResourceModels.checkSize(body, "plugin_config", config);
    }
    if (metadata != null) {
      ResourceModels.checkLabels(body, metadata);
    }
    body.check();
    return new Edit(null, spec, config, metadata, ResourceModels.approval(body), defaults);
  }

  /**
   * The part after the patch; null when the patch leaves it alone, an empty one when it is nulled.
   */
  private static @Nullable JsonNode merged(JsonNode patch, JsonNode stored) {
    if (patch.isMissingNode()) {
      return null;
    }
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return patch.isNull() ? empty : MergePatch.applied(stored, patch);
  }
}
