// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.model.NewResourceType;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Types and resources to start from. */
public final class Samples {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Samples() {}

  public static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  public static NewResourceType type(String name) {
    return new NewResourceType(name, "v1", json("{}"), null, json("{}"));
  }

  /** Of type {@code Thing} v1. */
  public static NewResource resource(String name, String plugin) {
    return new NewResource(
        name,
        "Thing",
        "v1",
        plugin,
        json("{\"size\": 1}"),
        json("{}"),
        json("{}"),
        plugin.isEmpty() ? List.of() : List.of(plugin),
        Approval.AUTOMATIC);
  }

  /** The same with other labels. */
  public static NewResource labelled(String name, String plugin, String labels) {
    NewResource plain = resource(name, plugin);
    return new NewResource(
        plain.name(),
        plain.typeName(),
        plain.typeVersion(),
        plain.actionPlugin(),
        plain.spec(),
        plain.pluginConfig(),
        json("{\"labels\": " + labels + "}"),
        plain.finalizers(),
        plain.approval());
  }

  /** The same with plans that wait. */
  public static NewResource withApproval(String name, String plugin) {
    NewResource plain = resource(name, plugin);
    return new NewResource(
        plain.name(),
        plain.typeName(),
        plain.typeVersion(),
        plain.actionPlugin(),
        plain.spec(),
        plain.pluginConfig(),
        plain.metadata(),
        plain.finalizers(),
        Approval.MANUAL);
  }
}
