// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.adopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the actions of a namespace's TargetApps need. */
final class TargetApps {

  /** Largest input: etcd holds no object of more than 1.5 MiB, a list of many is a file. */
  private static final int MOST_CHARACTERS = 64 << 20;

  private static final String KIND = "TargetApp";

  private final String namespace;
  private final List<String> names = new ArrayList<>();
  private final TreeSet<String> actions = new TreeSet<>();
  // By plural of the resource: names of the objects that are patched.
  private final TreeMap<String, TreeSet<String>> patched = new TreeMap<>();

  TargetApps(String namespace) {
    this.namespace = namespace;
  }

  /** Takes the TargetApps of a text, which may hold lists and other objects. */
  void add(String text, String from) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(from).setCodePointLimit(MOST_CHARACTERS).build();
    new Load(settings).loadAllFromString(text).forEach(this::object);
  }

  private void object(Object object) {
    if (!(object instanceof Map<?, ?> map)) {
      return;
    }
    if (map.get("items") instanceof List<?> items) {
      items.forEach(this::object);
      return;
    }
    boolean app =
        KIND.equals(map.get("kind"))
            && String.valueOf(map.get("apiVersion")).startsWith("operator.kco.local/");
    if (!app || !(map.get("metadata") instanceof Map<?, ?> metadata)) {
      return;
    }
    Object in = metadata.get("namespace");
    if (in != null && !namespace.equals(in)) {
      return;
    }
    names.add(String.valueOf(metadata.get("name")));
    if (map.get("spec") instanceof Map<?, ?> spec && spec.get("actions") instanceof List<?> list) {
      list.forEach(this::action);
    }
  }

  private void action(Object action) {
    if (!(action instanceof Map<?, ?> map)) {
      return;
    }
    actions.add(String.valueOf(map.get("action")));
    if ("patch_resource".equals(map.get("action"))
        && map.get("parameters") instanceof Map<?, ?> parameters
        && parameters.get("resourceType") instanceof String type
        && parameters.get("resourceName") instanceof String name) {
      patched
          .computeIfAbsent(type.toLowerCase(Locale.ROOT) + "s", key -> new TreeSet<>())
          .add(name);
    }
  }

  boolean none() {
    return names.isEmpty();
  }

  List<String> names() {
    return names;
  }

  TreeSet<String> actions() {
    return actions;
  }

  TreeMap<String, TreeSet<String>> patched() {
    return patched;
  }
}
