// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The settings file of the first release. */
final class FormerFile {

  private FormerFile() {}

  /**
   * The file's values by their full keys.
   *
   * @throws IllegalArgumentException in one line, if there is no such file, if it is not YAML, or
   *     if it has a key that is none of the words: a misspelt one must not be lost
   */
  static Map<String, String> read(Path file, FormerValues.Words words) {
    Object document;
    try {
      document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("--config: cannot read " + file, e);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(
          "--config: " + file + " is not YAML: " + e.getMessage(), e);
    }
    Map<String, String> values = new LinkedHashMap<>();
    if (document != null) {
      collect(file, "", document, words, values);
    }
    return values;
  }

  private static void collect(
      Path file, String key, Object value, FormerValues.Words words, Map<String, String> values) {
    if (value instanceof Map<?, ?> map && !words.all().contains(key)) {
      map.forEach(
          (name, inner) -> {
            if (inner != null) {
              collect(
                  file,
                  key.isEmpty() ? String.valueOf(name) : key + "." + name,
                  inner,
                  words,
                  values);
            }
          });
    } else if (!words.all().contains(key)) {
      throw new IllegalArgumentException(
          "--config: %s has %s, which is none of %s"
              .formatted(file, key.isEmpty() ? "no mapping" : key, String.join(", ", words.all())));
    } else if (value instanceof Map || value instanceof Iterable) {
      throw new IllegalArgumentException("--config: " + key + " in " + file + " is not one value");
    } else if (!value.toString().isBlank()) {
      values.put(key, value.toString());
    }
  }
}
