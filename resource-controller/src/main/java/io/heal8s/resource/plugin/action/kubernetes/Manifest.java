// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import tools.jackson.databind.JsonNode;

/**
 * One rendered manifest.
 *
 * @param member which object
 * @param content all of it
 */
record Manifest(Member member, JsonNode content) {

  /**
   * Reads one.
   *
   * @param namespace where it goes unless it says otherwise
   * @throws IllegalArgumentException with what is missing
   */
  static Manifest of(JsonNode content, String namespace) {
    JsonNode metadata = content.path("metadata");
    Member member =
        new Member(
            content.path("apiVersion").asString(""),
            content.path("kind").asString(""),
            metadata.path("namespace").asString(namespace),
            metadata.path("name").asString(""));
    if (member.apiVersion().isBlank() || member.kind().isBlank() || member.name().isBlank()) {
      throw new IllegalArgumentException(
          "every manifest needs apiVersion, kind and metadata.name, none of them empty");
    }
    if (content.has("status")) {
      throw new IllegalArgumentException(member + ": a manifest has no status");
    }
    return new Manifest(member, content);
  }

  /** The same for a kind without namespaces. */
  Manifest withoutNamespace() {
    return new Manifest(new Member(member.apiVersion(), member.kind(), "", member.name()), content);
  }
}
