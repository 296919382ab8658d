// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A part of the schema of a definition.
 *
 * @param node keys as OpenAPI v3 has them
 */
record CrdSchema(Map<?, ?> node) {
  /** The schema of the one version of a definition in {@code charts/crds}. */
  static CrdSchema of(String plural) {
    try {
      String text = Files.readString(Charts.FOLDER.resolve("crds/" + plural + ".yaml"));
      // Anchors spare the reader repetition; the default allows few of them.
      LoadSettings settings = LoadSettings.builder().setMaxAliasesForCollections(200).build();
      Map<?, ?> crd = (Map<?, ?>) new Load(settings).loadFromString(text);
      List<?> versions = (List<?>) child(child(crd, "spec"), "versions");
      return new CrdSchema(
          (Map<?, ?>) child(child(versions.getFirst(), "schema"), "openAPIV3Schema"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object child(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
  }

  String type() {
    return text("type");
  }

  String format() {
    return text("format");
  }

  Map<?, ?> properties() {
    return node.get("properties") instanceof Map<?, ?> map ? map : Map.of();
  }

  CrdSchema property(String name) {
    return new CrdSchema((Map<?, ?>) child(properties(), name));
  }

  List<?> required() {
    return node.get("required") instanceof List<?> list ? list : List.of();
  }

  List<?> enumeration() {
    return node.get("enum") instanceof List<?> list ? list : List.of();
  }

  CrdSchema items() {
    return new CrdSchema((Map<?, ?>) child(node, "items"));
  }

  @Nullable CrdSchema additionalProperties() {
    return node.get("additionalProperties") instanceof Map<?, ?> map ? new CrdSchema(map) : null;
  }

  boolean keepsUnknownFields() {
    return Boolean.TRUE.equals(node.get("x-kubernetes-preserve-unknown-fields"));
  }

  boolean isIntOrString() {
    return Boolean.TRUE.equals(node.get("x-kubernetes-int-or-string"));
  }

  boolean hasDefault() {
    return node.containsKey("default");
  }

  private String text(String key) {
    return Objects.toString(node.get(key), "");
  }
}
