// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.resources;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of answers as a table for people. */
final class Table {

  private Table() {}

  /** The given fields of each row, in columns. */
  static String of(List<?> rows, String... fields) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(
        java.util.Arrays.stream(fields)
            .map(field -> field.toUpperCase(java.util.Locale.ROOT).replace('_', ' '))
            .toList());
    for (Object row : rows) {
      List<String> line = new ArrayList<>();
      for (String field : fields) {
        Object value = row instanceof Map<?, ?> map ? map.get(field) : null;
        line.add(value == null ? "-" : value.toString());
      }
      cells.add(line);
    }
    int[] widths = new int[fields.length];
    for (List<String> line : cells) {
      for (int column = 0; column < fields.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (List<String> line : cells) {
      for (int column = 0; column < fields.length; column++) {
        boolean last = column + 1 == fields.length;
        String cell = line.get(column);
        out.append(cell).append(last ? "\n" : " ".repeat(widths[column] - cell.length() + 2));
      }
    }
    return out.toString();
  }
}
