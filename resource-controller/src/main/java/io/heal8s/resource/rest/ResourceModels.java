// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.intake.Wish;
import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.ResourceName;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What requests about resources must look like. */
final class ResourceModels {

  private static final long LARGEST = 1_048_576;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_VERSION = 50;
  private static final Set<String> APPROVALS = Set.of("automatic", "manual");

  private ResourceModels() {}

  /** A new resource; problems are collected, not thrown. */
  static Wish wish(Body body, boolean applyDefaults) {
    String name = body.string("name");
    if (body.raw("name").isString()) {
      ResourceName.complaint(name).ifPresent(complaint -> body.broken("name", complaint));
    }
    String type = body.string("resource_type_name");
    String version = body.string("resource_type_version");
    String plugin = body.string("action_plugin", Wish.DEFAULT_PLUGIN);
    JsonNode spec = sized(body, "spec");
    JsonNode config = sized(body, "plugin_config");
    body.length("action_plugin", plugin, 0, LONGEST_VERSION);
    return new Wish(
        name,
        type,
        version,
        plugin,
        spec,
        config == null ? body.objectOrEmpty("plugin_config") : config,
        metadata(body),
        Objects.requireNonNullElse(approval(body), Approval.AUTOMATIC),
        applyDefaults);
  }

  static @Nullable Approval approval(Body body) {
    return body.choice("approval", false, APPROVALS, Approval::of);
  }

  /** An object that is not too large; null when absent. */
  static @Nullable JsonNode sized(Body body, String name) {
    JsonNode value = body.optionalObject(name);
    if (value != null) {
      checkSize(body, name, value);
    }
    return value;
  }

  static void checkSize(Body body, String name, JsonNode value) {
    if (AsciiJson.length(value) > LARGEST) {
      body.broken(name, name + " exceeds maximum size of 1024KB");
    }
  }

  /** Metadata; labels in it must be texts, because they can be selected by. */
  static JsonNode metadata(Body body) {
    JsonNode metadata = body.objectOrEmpty("metadata");
    checkLabels(body, metadata);
    return metadata;
  }

  static void checkLabels(Body body, JsonNode metadata) {
    JsonNode labels = metadata.path("labels");
    boolean texts = labels.isObject() && labels.valueStream().allMatch(JsonNode::isString);
    if (!labels.isMissingNode() && !texts) {
      body.broken("metadata", "metadata.labels must be an object of strings");
    }
  }

  /** A name of a type in a path and in permissions. */
  static String typeName(Body body) {
    return typeWord(body, "name", LONGEST_NAME);
  }

  static String typeVersion(Body body) {
    return typeWord(body, "version", LONGEST_VERSION);
  }

  private static String typeWord(Body body, String field, int longest) {
    String word = body.string(field);
    body.length(field, word, 1, longest);
    boolean unusable =
        word.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))
            || !word.equals(word.strip())
            || word.equals("*");
    if (unusable) {
      body.broken(
          field,
          field
              + " is part of addresses: no slash, control character or space around it, and not *");
    }
    return word;
  }
}
