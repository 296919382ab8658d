// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.resources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What files say. */
final class Documents {

  private static final String SPEC = "spec";

  private Documents() {}

  /**
   * The documents of a file, those of lists one by one.
   *
   * @throws IllegalArgumentException if there is none
   */
  static List<Object> in(Path file) throws IOException {
    List<Object> documents = new ArrayList<>();
    Iterable<Object> all =
        new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(file));
    for (Object document : all) {
      if (document instanceof List<?> list) {
        documents.addAll(list);
      } else if (document != null) {
        documents.add(document);
      }
    }
    if (documents.isEmpty()) {
      throw new IllegalArgumentException(file + " holds nothing");
    }
    return documents;
  }

  /** The first document of a file; one without a spec is one. */
  static Map<?, ?> content(Path file) throws IOException {
    Object document = in(file).getFirst();
    return document instanceof Map<?, ?> map && map.containsKey(SPEC)
        ? map
        : Map.of(SPEC, document);
  }

  /** The version that a document says it is written in. */
  static Optional<String> version(Map<?, ?> content) {
    return content.get("resource_type_version") instanceof String version
        ? Optional.of(version)
        : Optional.empty();
  }
}
