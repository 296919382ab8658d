// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.store.ResourceTypeStore.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Where a page of types ended, as clients carry it. It holds the place itself: the type that was
 * there may be deleted before the next page is asked for.
 */
final class TypeCursor {

  private TypeCursor() {}

  static String of(Place place) {
    String json =
        JsonNodeFactory.instance.arrayNode().add(place.name()).add(place.version()).toString();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The place; null for the first page. */
  static @Nullable Place read(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      JsonNode place =
          JsonMapper.shared()
              .readTree(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
      if (place.isArray() && place.size() == 2 && JsonBody.isStorable(place)) {
        return new Place(place.path(0).stringValue(""), place.path(1).stringValue(""));
      }
    } catch (IllegalArgumentException | JacksonException e) {
      // Said below.
    }
    Problems problems = new Problems();
    problems.valueError(
        List.of("query", "cursor"),
        "it is none that a page gave; leave it out for the first page",
        JsonNodeFactory.instance.stringNode(cursor));
    problems.throwIfAny();
    return null;
  }
}
