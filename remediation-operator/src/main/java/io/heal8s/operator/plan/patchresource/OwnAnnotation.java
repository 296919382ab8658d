// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.operator.intent.ObjectPatchRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps patches away from the annotation by which a patch is found again, and from the maps that it
 * is in: one that is not found would be sent twice, or taken for one that was never sent.
 */
final class OwnAnnotation {

  private static final List<String> PATH = List.of("metadata", "annotations", PatchTarget.KEY);

  private OwnAnnotation() {}

  /** What the patch would write over, as a sentence for people; empty when it does not. */
  static Optional<String> writtenBy(ObjectPatchRequest patch) {
    return switch (patch.kind()) {
      case Json ->
          patch.data().getAsJsonArray().asList().stream()
              .flatMap(step -> written(step).stream())
              .findFirst();
      case Merge, Strategic -> merged(patch.data());
    };
  }

  private static Optional<String> written(JsonElement element) {
    if (!(element instanceof JsonObject step) || "test".equals(text(step, "op"))) {
      return Optional.empty();
    }
    String path = text(step, "path");
    if (path != null && holdsIt(path)) {
      return Optional.of(sentence(path));
    }
    String from = "move".equals(text(step, "op")) ? text(step, "from") : null;
    return from != null && holdsIt(from) ? Optional.of(sentence(from)) : Optional.empty();
  }

  private static @Nullable String text(JsonObject step, String member) {
    return step.get(member) instanceof JsonPrimitive value ? value.getAsString() : null;
  }

  /** RFC 6901; like the API server, whatever stands before the first slash is not looked at. */
  private static boolean holdsIt(String pointer) {
    List<String> path =
        Arrays.stream(pointer.split("/", -1))
            .skip(1)
            .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
            .toList();
    int shared = Math.min(path.size(), PATH.size());
    return path.subList(0, shared).equals(PATH.subList(0, shared)) && path.size() <= PATH.size();
  }

  private static Optional<String> merged(JsonElement data) {
    JsonElement here = data;
    for (int depth = 0; depth < PATH.size(); depth++) {
      String path = "/" + String.join("/", PATH.subList(0, depth));
      // A directive such as $patch: replace throws away what the patch does not name.
      if (!(here instanceof JsonObject map) || map.has("$patch") || map.has("$retainKeys")) {
        return Optional.of(sentence(path));
      }
      here = map.get(PATH.get(depth));
      if (here == null) {
        return Optional.empty();
      }
    }
    return Optional.of(sentence("/metadata/annotations/" + PatchTarget.KEY));
  }

  private static String sentence(String path) {
    return "patchData writes "
        + (path.isEmpty() || path.equals("/") ? "the whole object" : ForeignText.line(path))
        + ", in which heal8s keeps the annotation "
        + PatchTarget.KEY
        + "; write single annotations and labels";
  }
}
