// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.graphql.change.StatePath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The state fields that an action's parameters name as {@code {{ path }}}, with their values at the
 * edge. Only these leave with the Remediation, so a body can show a field without the whole state.
 * Values are JSON; whoever puts them into a text escapes them for it.
 */
final class TemplateVariables {

  /** Told by other means than the state. */
  private static final Set<String> OWN = Set.of("tapp_name", "namespace", "timestamp");

  // Blanks are taken off afterwards: as a part of the pattern they make it try all ways to share
  // them out.
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^{}]*+)}}");

  private TemplateVariables() {}

  /**
   * The values.
   *
   * @return by path as it is written; a path that leads nowhere is not in it and stays as it is
   */
  static JsonObject of(Map<String, Object> parameters, JsonObject state) {
    Set<String> paths = new TreeSet<>();
    collect(parameters, paths);
    JsonObject values = new JsonObject();
    for (String path : paths) {
      JsonElement value = OWN.contains(path) ? null : StatePath.parse(path).read(state);
      if (value != null) {
        values.add(path, value);
      }
    }
    return values;
  }

  private static void collect(@Nullable Object value, Set<String> paths) {
    switch (value) {
      case String text -> {
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
          paths.add(variable.group(1).strip());
        }
      }
      case Map<?, ?> map ->
          map.forEach(
              (key, inside) -> {
                collect(key, paths);
                collect(inside, paths);
              });
      case List<?> list -> list.forEach(element -> collect(element, paths));
      case null, default -> {}
    }
  }
}
