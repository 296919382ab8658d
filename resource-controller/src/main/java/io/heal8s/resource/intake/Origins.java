// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.plugin.InputSink.Origin;
import io.heal8s.resource.plugin.InputSink.Wanted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a resource was delivered from, in its metadata: {@code source} for people, and a label that
 * can be selected by.
 */
final class Origins {

  /** Label of what a source delivers. */
  static final String LABEL = "heal8s.io/source";

  private static final String SOURCE = "source";
  private static final String LABELS = "labels";

  private Origins() {}

  /** The label's value; short enough for one. */
  static String mark(String plugin, String source) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
      return plugin + "-" + HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isFrom(Resource resource, String plugin, String source) {
    return mark(plugin, source).equals(label(resource));
  }

  /** Whether a plugin delivers it, from whatever source. */
  static boolean isBy(Resource resource, String plugin) {
    String label = label(resource);
    return label.startsWith(plugin + "-") && label.length() == mark(plugin, "").length();
  }

  /** The label; empty when no source delivers it. */
  static String label(Resource resource) {
    return resource.metadata().path(LABELS).path(LABEL).asString("");
  }

  /** The source, for people. */
  static String shown(Resource resource) {
    JsonNode source = resource.metadata().path(SOURCE);
    return source.path("plugin").asString("?") + " " + source.path("from").asString("?");
  }

  /** The part of the source; empty for none. */
  static String part(Resource resource) {
    return resource.metadata().path(SOURCE).path("part").asString("");
  }

  /** What is there, with the labels and the origin that are wanted. */
  static JsonNode metadata(@Nullable JsonNode now, String plugin, Wanted wanted) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    if (now != null) {
      now.properties().forEach(field -> metadata.set(field.getKey(), field.getValue()));
    }
    metadata.remove(LABELS);
    ObjectNode labels = JsonNodeFactory.instance.objectNode();
    wanted.labels().forEach(labels::put);
    Origin origin = wanted.origin();
    if (origin != null) {
      labels.put(LABEL, mark(plugin, origin.source()));
      metadata
          .putObject(SOURCE)
          .put("plugin", plugin)
          .put("from", origin.source())
          .put("part", origin.part());
    }
    if (!labels.isEmpty()) {
      metadata.set(LABELS, labels);
    }
    return metadata;
  }
}
