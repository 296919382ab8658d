// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What a file means by the parser library's own loader, and what it would mean with changes made.
 * None of the editor's code is used, so that both cannot be wrong in the same way.
 */
final class LoadOracle {

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setAllowDuplicateKeys(false)
          .setSchema(new CoreSchema())
          .setCodePointLimit(Integer.MAX_VALUE)
          .build();

  private LoadOracle() {}

  /** All documents, aliases and merge keys resolved. */
  static List<@Nullable Object> load(String text) {
    List<@Nullable Object> documents = new ArrayList<>();
    new Load(SETTINGS).loadAllFromString(text).forEach(d -> documents.add(plain(d)));
    return documents;
  }

  private static @Nullable Object plain(@Nullable Object node) {
    if (node instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> own = new LinkedHashMap<>();
      map.forEach(
          (key, value) -> {
            if (!"<<".equals(key)) {
              own.put(key, plain(value));
            }
          });
      Object merged = map.get("<<");
      List<?> sources =
          merged instanceof List<?> list ? list : merged == null ? List.of() : List.of(merged);
      for (Object source : sources) {
        if (plain(source) instanceof Map<?, ?> entries) {
          entries.forEach(own::putIfAbsent);
        }
      }
      return own;
    }
    if (node instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(i -> items.add(plain(i)));
      return items;
    }
    return node;
  }

  /** The documents with the changes made in the target. */
  static List<@Nullable Object> withChanges(GeneratedFile file) {
    List<@Nullable Object> documents = load(file.text());
    Map<Object, @Nullable Object> object =
        Objects.requireNonNull(find(documents, file.target()), "the target is in the file");
    file.changes().forEach(c -> set(object, c));
    return documents;
  }

  /** Objects of the wanted kind and name; one that states the wanted namespace before others. */
  private static @Nullable Map<Object, @Nullable Object> find(
      List<? extends @Nullable Object> nodes, DocumentIdentity target) {
    List<Map<Object, @Nullable Object>> named = new ArrayList<>();
    collect(nodes, target, named);
    for (@Nullable String namespace : Arrays.asList(target.namespace(), null)) {
      for (Map<Object, @Nullable Object> object : named) {
        Object metadata = Objects.requireNonNull(object.get("metadata"));
        if (Objects.equals(namespace, ((Map<?, ?>) metadata).get("namespace"))) {
          return object;
        }
      }
    }
    return target.namespace() == null && !named.isEmpty() ? named.getFirst() : null;
  }

  private static void collect(
      List<? extends @Nullable Object> nodes,
      DocumentIdentity target,
      List<Map<Object, @Nullable Object>> named) {
    for (Object node : nodes) {
      if (node instanceof Map<?, ?> map) {
        @SuppressWarnings("unchecked")
        Map<Object, @Nullable Object> object = (Map<Object, @Nullable Object>) map;
        if (map.get("items") instanceof List<?> items) {
          collect(items, target, named);
        } else if (target.kind().equals(map.get("kind"))
            && (target.apiVersion() == null || target.apiVersion().equals(map.get("apiVersion")))
            && map.get("metadata") instanceof Map<?, ?> metadata
            && target.name().equals(metadata.get("name"))) {
          named.add(object);
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void set(Map<Object, @Nullable Object> object, Change change) {
    Object at = object;
    List<FieldPath.Segment> segments = FieldPath.parse(change.path()).segments();
    for (FieldPath.Segment segment : segments.subList(0, segments.size() - 1)) {
      at =
          switch (segment) {
            case FieldPath.Key(String name) -> child((Map<Object, @Nullable Object>) at, name);
            case FieldPath.Index(int position) ->
                Objects.requireNonNull(((List<?>) at).get(position));
            case FieldPath.Match(String key, String value) ->
                ((List<?>) at)
                    .stream()
                        .filter(i -> i instanceof Map<?, ?> m && value.equals(m.get(key)))
                        .findFirst()
                        .orElseThrow();
          };
    }
    String name = ((FieldPath.Key) segments.getLast()).name();
    Map<Object, @Nullable Object> map = (Map<Object, @Nullable Object>) at;
    String after = change.after();
    if (after == null) {
      map.remove(name);
    } else {
      map.put(
          name,
          change.typeOrDefault() == ValueType.integer ? (Object) Integer.valueOf(after) : after);
    }
  }

  private static Object child(Map<Object, @Nullable Object> map, String name) {
    Object child = map.get(name);
    if (child == null) {
      child = new LinkedHashMap<Object, @Nullable Object>();
      map.put(name, child);
    }
    return child;
  }
}
