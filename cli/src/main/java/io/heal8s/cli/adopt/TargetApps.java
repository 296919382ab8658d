// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.adopt;

import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What the actions of a namespace's TargetApps need. */
final class TargetApps {

  /** Largest input: etcd holds no object of more than 1.5 MiB, a list of many is a file. */
  static final int MOST_BYTES = 64 << 20;

  private static final String KIND = "TargetApp";
  private static final String GROUP = "operator.kco.local/";

  private final String namespace;
  private final TreeSet<String> names = new TreeSet<>();
  private final TreeSet<String> actions = new TreeSet<>();
  // By plural of the resource: names of the objects that are patched.
  private final TreeMap<String, TreeSet<String>> patched = new TreeMap<>();
  private final TreeSet<Refused> refused = new TreeSet<>(Refused.ORDER);
  // An alias can put an object into many places, its own inside too.
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /** A parameter that the original passed over and that makes an action stall now. */
  record Refused(String app, String action, String parameter) {
    private static final Comparator<Refused> ORDER =
        Comparator.comparing(Refused::app)
            .thenComparing(Refused::action)
            .thenComparing(Refused::parameter);
  }

  TargetApps(String namespace) {
    this.namespace = namespace;
  }

  /**
   * Takes the TargetApps of a text, which may hold lists and other objects.
   *
   * @throws IOException when the text is no YAML; the message is one line that says where
   */
  void add(String text, String from) throws IOException {
    LoadSettings settings =
        LoadSettings.builder().setLabel(from).setCodePointLimit(MOST_BYTES).build();
    try {
      new Load(settings).loadAllFromString(text).forEach(object -> object(object, false));
    } catch (MarkedYamlEngineException notYaml) {
      String line = notYaml.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
      throw new IOException(from + line + ": not YAML: " + notYaml.getProblem(), notYaml);
    } catch (YamlEngineException notYaml) {
      String why = String.valueOf(notYaml.getMessage()).lines().findFirst().orElse("");
      throw new IOException(from + ": not YAML: " + why, notYaml);
    } catch (StackOverflowError deep) {
      // The loader calls itself for each level.
      throw new IOException(from + ": nested too deep; no manifest is", deep);
    }
  }

  private void object(Object object, boolean ofTypedList) {
    if (!(object instanceof Map<?, ?> map) || !seen.add(map)) {
      return;
    }
    boolean group = String.valueOf(get(map, "apiVersion")).startsWith(GROUP);
    if (get(map, "items") instanceof List<?> items) {
      boolean typed = group && (KIND + "List").equals(get(map, "kind"));
      items.forEach(item -> object(item, typed));
      return;
    }
    // The items of a typed list need not repeat what its kind says.
    boolean app =
        (group && KIND.equals(get(map, "kind"))) || (ofTypedList && get(map, "kind") == null);
    if (!app || !(get(map, "metadata") instanceof Map<?, ?> metadata)) {
      return;
    }
    Object in = get(metadata, "namespace");
    if (in != null && !namespace.equals(String.valueOf(in))) {
      return;
    }
    String name = String.valueOf(get(metadata, "name"));
    names.add(name);
    if (get(map, "spec") instanceof Map<?, ?> spec
        && get(spec, "actions") instanceof List<?> list) {
      list.forEach(action -> action(name, action));
    }
  }

  private void action(String app, Object action) {
    if (!(action instanceof Map<?, ?> map)) {
      return;
    }
    String name = String.valueOf(get(map, "action"));
    actions.add(name);
    if (get(map, "parameters") instanceof Map<?, ?> given) {
      ActionParameters.refused(name, names(given))
          .forEach(parameter -> refused.add(new Refused(app, name, parameter)));
    }
    if (name.equals("patch_resource")
        && get(map, "parameters") instanceof Map<?, ?> parameters
        && get(parameters, "resourceType") instanceof String type
        && get(parameters, "resourceName") instanceof String resource
        && !resource.isBlank()) {
      patched
          .computeIfAbsent(type.toLowerCase(Locale.ROOT) + "s", key -> new TreeSet<>())
          .add(resource);
    }
  }

  /** An entry, or what {@code <<} takes over; the loader leaves such keys as they are. */
  private static @Nullable Object get(Map<?, ?> map, String key) {
    return map.containsKey("<<")
        ? get(map, key, Collections.newSetFromMap(new IdentityHashMap<>()))
        : map.get(key);
  }

  private static @Nullable Object get(Map<?, ?> map, String key, Set<Object> passed) {
    if (map.containsKey(key) || !passed.add(map)) {
      return map.get(key);
    }
    Object merged = map.get("<<");
    List<?> sources =
        merged instanceof List<?> several ? several : List.of(merged == null ? "" : merged);
    for (Object source : sources) {
      Object found = source instanceof Map<?, ?> one ? get(one, key, passed) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  // With those that << takes over; one below another that is taken over is not looked for.
  private static Set<String> names(Map<?, ?> map) {
    Set<String> names = new TreeSet<>();
    map.forEach(
        (key, value) -> {
          if (!"<<".equals(key)) {
            names.add(String.valueOf(key));
          } else if (value instanceof Map<?, ?> merged) {
            merged.keySet().forEach(one -> names.add(String.valueOf(one)));
          }
        });
    names.remove("<<");
    return names;
  }

  boolean none() {
    return names.isEmpty();
  }

  SortedSet<String> names() {
    return names;
  }

  /** In the order of their names. */
  SortedSet<Refused> refused() {
    return refused;
  }

  TreeSet<String> actions() {
    return actions;
  }

  TreeMap<String, TreeSet<String>> patched() {
    return patched;
  }
}
