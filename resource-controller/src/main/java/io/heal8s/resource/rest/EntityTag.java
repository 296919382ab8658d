// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Entity tags. The part that conditional writes compare is the revision, which rises with what
 * people change and not with status: so a client that waits for a status is not refused for having
 * seen an old one. What follows it tells one status from another for whoever reads conditionally.
 */
final class EntityTag {

  private static final Pattern TAG =
      Pattern.compile("\\s*(?:W/)?\"(\\d{1,18})(?:-[0-9a-f]{1,8})?\"\\s*");

  private EntityTag() {}

  static String of(long revision) {
    return "\"" + revision + "\"";
  }

  /** Of a document that also changes without a revision. */
  static String of(long revision, JsonNode document) {
    return "\"%d-%08x\"".formatted(revision, document.hashCode());
  }

  /** The revision that must still be there; null for any. */
  static @Nullable Long expected(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return null;
    }
    Matcher matcher = TAG.matcher(ifMatch);
    if (!matcher.matches()) {
      throw ApiException.of(412, "If-Match: " + ifMatch + " is no entity tag of ours");
    }
    return Long.valueOf(matcher.group(1));
  }
}
