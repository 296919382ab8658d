// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act.patch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.operator.target.LiveObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 6902 as far as we use it, without the leniencies that some servers have. */
public final class StrictJsonPatch {

  private StrictJsonPatch() {}

  /** A patch that must not be applied. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** Applies all of it, or throws. */
  public static LiveObject apply(JsonArray patch, LiveObject object) {
    JsonObject json = object.json().deepCopy();
    for (JsonElement operation : patch) {
      one(operation.getAsJsonObject(), json);
    }
    return new LiveObject(json);
  }

  private static void one(JsonObject operation, JsonObject json) {
    List<String> path = new ArrayList<>();
    String pointer = operation.get("path").getAsString();
    for (String token : pointer.substring(1).split("/", -1)) {
      path.add(token.replace("~1", "/").replace("~0", "~"));
    }
    @Nullable JsonElement parent = json;
    for (String token : path.subList(0, path.size() - 1)) {
      parent = child(parent, token);
      if (parent == null) {
        throw new Refused("no parent: " + pointer);
      }
    }
    String last = path.getLast();
    @Nullable JsonElement found = child(parent, last);
    switch (operation.get("op").getAsString()) {
      case "test" -> {
        if (found == null || !found.equals(operation.get("value"))) {
          throw new Refused("test failed: " + pointer);
        }
      }
      case "add" -> {
        JsonElement value = operation.get("value").deepCopy();
        if (parent instanceof JsonArray list) {
          list.asList().add(Integer.parseInt(last), value);
        } else {
          parent.getAsJsonObject().add(last, value);
        }
      }
      case "replace" -> {
        if (found == null) {
          throw new Refused("nothing to replace: " + pointer);
        }
        JsonElement value = operation.get("value").deepCopy();
        if (parent instanceof JsonArray list) {
          list.set(Integer.parseInt(last), value);
        } else {
          parent.getAsJsonObject().add(last, value);
        }
      }
      case "remove" -> {
        if (found == null) {
          throw new Refused("nothing to remove: " + pointer);
        }
        if (parent instanceof JsonArray list) {
          list.remove(Integer.parseInt(last));
        } else {
          parent.getAsJsonObject().remove(last);
        }
      }
      default -> throw new Refused("unknown operation: " + operation);
    }
  }

  private static @Nullable JsonElement child(JsonElement parent, String token) {
    if (parent instanceof JsonArray list) {
      int index = Integer.parseInt(token);
      return index < list.size() ? list.get(index) : null;
    }
    return parent instanceof JsonObject map ? map.get(token) : null;
  }
}
