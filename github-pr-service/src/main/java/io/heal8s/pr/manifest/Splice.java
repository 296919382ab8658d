// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.Comparator;
import java.util.List;

/**
 * Puts a text in the place of a span of the file.
 *
 * @param start first offset that goes
 * @param end offset after the last that goes; {@code start} to insert only
 * @param text what comes in its place
 */
record Splice(int start, int end, String text) {

  static Splice insert(int at, String text) {
    return new Splice(at, at, text);
  }

  static Splice delete(int start, int end) {
    return new Splice(start, end, "");
  }

  /** The text with all splices made; their order does not matter, they must not overlap. */
  static String apply(String text, List<Splice> splices) {
    List<Splice> ordered =
        splices.stream()
            .sorted(Comparator.comparingInt(Splice::start).thenComparingInt(Splice::end))
            .toList();
    StringBuilder result = new StringBuilder(text.length() + 64);
    int at = 0;
    for (Splice splice : ordered) {
      if (splice.start < at) {
        throw new RefusedException(
            Refusal.BAD_CHANGE, 1, "two changes are about the same place of the file");
      }
      result.append(text, at, splice.start).append(splice.text);
      at = splice.end;
    }
    return result.append(text, at, text.length()).toString();
  }
}
