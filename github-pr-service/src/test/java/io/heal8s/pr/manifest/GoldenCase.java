// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ValueMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One file of {@code golden/case}: which file of {@code golden/in} is edited how, and what comes of
 * it. An edited result stands in {@code golden/out} under the case's name.
 */
record GoldenCase(
    String name,
    String because,
    String in,
    FileLayout layout,
    List<Change> changes,
    String result,
    List<Integer> lines,
    @Nullable String refusal,
    @Nullable Integer line,
    @Nullable String reason) {

  static GoldenCase read(Path file) {
    try {
      String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
      Map<?, ?> map =
          (Map<?, ?>)
              new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      return new GoldenCase(
          name,
          Objects.requireNonNull(text(map, "because"), "because"),
          Objects.requireNonNull(text(map, "in"), "in"),
          layout(map),
          list(map, "changes").stream().map(c -> change((Map<?, ?>) c)).toList(),
          Objects.requireNonNull(text(map, "result"), "result"),
          list(map, "lines").stream().map(l -> (Integer) l).toList(),
          text(map, "refusal"),
          (Integer) map.get("line"),
          text(map, "reason"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** File name of the expected result: the case's name and the input's extension. */
  String out() {
    return name + in.substring(in.lastIndexOf('.'));
  }

  private static FileLayout layout(Map<?, ?> map) {
    if (map.get("target") instanceof Map<?, ?> target) {
      return new FileLayout.Manifest(
          new DocumentIdentity(
              text(target, "apiVersion"),
              Objects.requireNonNull(text(target, "kind")),
              text(target, "namespace"),
              Objects.requireNonNull(text(target, "name"))));
    }
    return new FileLayout.ValuesFile(
        list(map, "values").stream()
            .map(v -> (Map<?, ?>) v)
            .map(
                v ->
                    new ValueMapping(
                        Objects.requireNonNull(text(v, "from")),
                        Objects.requireNonNull(text(v, "to"))))
            .toList());
  }

  private static Change change(Map<?, ?> map) {
    String type = text(map, "type");
    return new Change(
        Objects.requireNonNull(text(map, "path")),
        text(map, "before"),
        text(map, "after"),
        type == null ? null : Change.ValueType.valueOf(type),
        text(map, "apiVersion"),
        text(map, "kind"),
        text(map, "name"));
  }

  private static List<?> list(Map<?, ?> map, String key) {
    return map.get(key) instanceof List<?> list ? list : List.of();
  }

  private static @Nullable String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? null : value.toString();
  }

  @Override
  public String toString() {
    return name + ": " + because;
  }
}
