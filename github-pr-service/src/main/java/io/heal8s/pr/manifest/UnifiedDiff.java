// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The difference of two texts as {@code git apply} and {@code patch} read it: three lines of
 * context, line ends as they are, a note where the last line has none. Line pairs are found by the
 * greedy algorithm of Myers, "An O(ND) Difference Algorithm" (1986), which is quick where little
 * differs.
 */
public final class UnifiedDiff {

  private static final int CONTEXT = 3;

  private final List<String> before;
  private final List<String> after;
  private final List<Run> runs = new ArrayList<>();

  /** Lines that differ: {@code [from, to)} of the old text became {@code [newFrom, newTo)}. */
  private record Run(int from, int to, int newFrom, int newTo) {}

  private UnifiedDiff(String before, String after) {
    this.before = lines(before);
    this.after = lines(after);
  }

  /**
   * The difference with headers for a file that keeps its name.
   *
   * @param path path of the file, {@code /} between its parts
   * @return empty when the texts are equal
   */
  public static String of(String path, String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    UnifiedDiff diff = new UnifiedDiff(before, after);
    diff.compare();
    String name = path.startsWith("/") ? path.substring(1) : path;
    StringBuilder text = new StringBuilder();
    text.append("--- ").append(shown("a/" + name)).append('\n');
    text.append("+++ ").append(shown("b/" + name)).append('\n');
    diff.hunks(text);
    return text.toString();
  }

  /** Names with quotes or control characters are quoted as git quotes them. */
  private static String shown(String name) {
    boolean quote = name.chars().anyMatch(c -> c < 0x20 || c == '"' || c == '\\' || c == 0x7F);
    if (!quote) {
      return name.indexOf(' ') < 0 ? name : name + "\t";
    }
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7F) {
        text.append(String.format("\\%03o", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  private void compare() {
    int head = 0;
    int common = Math.min(before.size(), after.size());
    while (head < common && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < common - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    trace(head, before.size() - tail, after.size() - tail);
  }

  /** Walks the edit graph of the lines between the common head and tail. */
  private void trace(int head, int oldEnd, int newEnd) {
    int n = oldEnd - head;
    int m = newEnd - head;
    int max = n + m;
    List<int[]> steps = new ArrayList<>();
    int[] furthest = new int[2 * max + 3];
    for (int d = 0; d <= max; d++) {
      steps.add(Arrays.copyOfRange(furthest, max - d, max + d + 3));
      for (int k = -d; k <= d; k += 2) {
        boolean down = k == -d || (k != d && furthest[max + k] < furthest[max + k + 2]);
        int x = down ? furthest[max + k + 2] : furthest[max + k] + 1;
        int y = x - k;
        while (x < n && y < m && before.get(head + x).equals(after.get(head + y))) {
          x++;
          y++;
        }
        furthest[max + k + 1] = x;
        if (x >= n && y >= m) {
          backtrack(head, n, m, steps);
          return;
        }
      }
    }
  }

  private void backtrack(int head, int n, int m, List<int[]> steps) {
    int x = n;
    int y = m;
    List<Run> reversed = new ArrayList<>();
    for (int d = steps.size() - 1; d > 0; d--) {
      int[] furthest = steps.get(d);
      int k = x - y;
      // The copy of round d starts at diagonal -d-1.
      boolean down = k == -d || (k != d && furthest[k + d] < furthest[k + d + 2]);
      int fromX = down ? furthest[k + d + 2] : furthest[k + d];
      int fromY = fromX - (down ? k + 1 : k - 1);
      int startX = down ? fromX : fromX + 1;
      int startY = down ? fromY + 1 : fromY;
      reversed.add(new Run(head + fromX, head + startX, head + fromY, head + startY));
      x = fromX;
      y = fromY;
    }
    for (Run run : reversed.reversed()) {
      Run last = runs.isEmpty() ? null : runs.getLast();
      if (last != null && last.to == run.from && last.newTo == run.newFrom) {
        runs.set(runs.size() - 1, new Run(last.from, run.to, last.newFrom, run.newTo));
      } else {
        runs.add(run);
      }
    }
  }

  private void hunks(StringBuilder text) {
    int i = 0;
    while (i < runs.size()) {
      int j = i;
      while (j + 1 < runs.size() && runs.get(j + 1).from - runs.get(j).to <= 2 * CONTEXT) {
        j++;
      }
      hunk(text, runs.subList(i, j + 1));
      i = j + 1;
    }
  }

  private void hunk(StringBuilder text, List<Run> hunk) {
    Run first = hunk.getFirst();
    Run last = hunk.getLast();
    int lead = Math.min(CONTEXT, Math.min(first.from, first.newFrom));
    int trail = Math.min(CONTEXT, before.size() - last.to);
    int from = first.from - lead;
    int to = last.to + trail;
    int newFrom = first.newFrom - lead;
    int newTo = last.newTo + trail;
    text.append("@@ -").append(range(from, to)).append(" +").append(range(newFrom, newTo));
    text.append(" @@\n");
    int at = from;
    for (Run run : hunk) {
      lines(text, ' ', before.subList(at, run.from));
      lines(text, '-', before.subList(run.from, run.to));
      lines(text, '+', after.subList(run.newFrom, run.newTo));
      at = run.to;
    }
    lines(text, ' ', before.subList(at, to));
  }

  private static String range(int from, int to) {
    int count = to - from;
    // An empty range is given by the line before it.
    int start = count == 0 ? from : from + 1;
    return count == 1 ? String.valueOf(start) : start + "," + count;
  }

  private static void lines(StringBuilder text, char sign, List<String> lines) {
    for (String line : lines) {
      text.append(sign).append(line);
      if (!line.endsWith("\n")) {
        text.append("\n\\ No newline at end of file\n");
      }
    }
  }
}
