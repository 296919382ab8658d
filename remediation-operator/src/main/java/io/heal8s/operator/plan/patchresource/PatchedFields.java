// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.operator.intent.ObjectPatchRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields that a patch names. What else changes with it is the doing of the API server or of an
 * admission webhook, which may do something else the next time.
 *
 * @param paths keys from the root, as far as they lead through maps
 */
public record PatchedFields(List<List<String>> paths) {

  public PatchedFields {
    paths = List.copyOf(paths);
  }

  /** Those of a patch. */
  public static PatchedFields of(ObjectPatchRequest patch) {
    List<List<String>> paths = new ArrayList<>();
    switch (patch.kind()) {
      case Json ->
          patch
              .data()
              .getAsJsonArray()
              .forEach(
                  step -> {
                    pointer(step, "path", paths);
                    pointer(step, "from", paths);
                  });
      case Merge, Strategic -> leaves(patch.data(), List.of(), paths);
    }
    return new PatchedFields(paths);
  }

  /** Whether the patch names that field, something within it, or what it is in. */
  public boolean names(Change change) {
    List<String> keys = new ArrayList<>();
    for (FieldPath.Segment segment : FieldPath.parse(change.path()).segments()) {
      if (!(segment instanceof FieldPath.Key(String key))) {
        break;
      }
      keys.add(key);
    }
    return paths.stream()
        .anyMatch(
            path -> {
              int shared = Math.min(path.size(), keys.size());
              return path.subList(0, shared).equals(keys.subList(0, shared));
            });
  }

  /** RFC 6901; a number or a dash may be a place in a list, where what is named ends. */
  private static void pointer(JsonElement step, String member, List<List<String>> paths) {
    if (step instanceof JsonObject map && map.get(member) instanceof JsonPrimitive text) {
      List<String> path = new ArrayList<>();
      String[] segments = text.getAsString().split("/", -1);
      for (int i = 1; i < segments.length && !segments[i].matches("[0-9]+|-"); i++) {
        path.add(segments[i].replace("~1", "/").replace("~0", "~"));
      }
      paths.add(path);
    }
  }

  private static void leaves(JsonElement element, List<String> path, List<List<String>> paths) {
    // A directive such as $patch or $setElementOrder is about the map that it stands in.
    if (element instanceof JsonObject map
        && !map.isEmpty()
        && map.keySet().stream().noneMatch(key -> key.startsWith("$"))) {
      map.asMap()
          .forEach(
              (key, value) -> {
                List<String> deeper = new ArrayList<>(path);
                deeper.add(key);
                leaves(value, deeper, paths);
              });
    } else {
      paths.add(path);
    }
  }
}
