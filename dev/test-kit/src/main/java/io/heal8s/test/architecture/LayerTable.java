// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table {@code layers.txt}: package prefix → layer. */
final class LayerTable {

  private final Map<String, Layer> layers;

  private LayerTable(Map<String, Layer> layers) {
    this.layers = layers;
  }

  /** The table of the project. */
  static LayerTable ofTheProject() {
    try (InputStream in = LayerTable.class.getResourceAsStream("layers.txt")) {
      if (in == null) {
        throw new IllegalStateException("layers.txt is not beside " + LayerTable.class);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LayerTable parse(String text) {
    Map<String, Layer> layers = new TreeMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] columns = line.split("\\s+");
      if (columns.length != 2 || layers.put(columns[0], Layer.valueOf(columns[1])) != null) {
        throw new IllegalArgumentException("wrong or double line: " + line);
      }
    }
    return new LayerTable(layers);
  }

  /** The layer of a package: that of the longest prefix in the table. */
  Optional<Layer> layerOf(String packageName) {
    return lineOf(packageName).map(layers::get);
  }

  /** The longest prefix of a package in the table. */
  Optional<String> lineOf(String packageName) {
    String prefix = packageName;
    while (!layers.containsKey(prefix)) {
      int dot = prefix.lastIndexOf('.');
      if (dot < 0) {
        return Optional.empty();
      }
      prefix = prefix.substring(0, dot);
    }
    return Optional.of(prefix);
  }
}
