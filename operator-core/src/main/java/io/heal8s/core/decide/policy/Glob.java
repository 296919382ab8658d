// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

import java.util.List;

/**
 * Globs over names and paths: {@code *} is any text without {@code /}, {@code **} any, {@code ?}
 * one.
 */
public final class Glob {

  private Glob() {}

  /** Whether the whole text matches; linear in time but for nested stars, never exponential. */
  public static boolean matches(String glob, String text) {
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    for (int g = 0; g < glob.length(); g++) {
      char c = glob.charAt(g);
      boolean deep = c == '*' && g + 1 < glob.length() && glob.charAt(g + 1) == '*';
      reached = step(reached, c, deep, text);
      if (deep) {
        g++;
      }
    }
    return reached[text.length()];
  }

  /** Whether any of the globs matches. */
  public static boolean anyMatches(List<String> globs, String text) {
    return globs.stream().anyMatch(glob -> matches(glob, text));
  }

  private static boolean[] step(boolean[] reached, char c, boolean deep, String text) {
    boolean[] next = new boolean[reached.length];
    for (int i = 0; i < reached.length; i++) {
      if (c == '*') {
        boolean onward = i > 0 && next[i - 1] && (deep || text.charAt(i - 1) != '/');
        next[i] = reached[i] || onward;
      } else if (i > 0 && reached[i - 1]) {
        char t = text.charAt(i - 1);
        next[i] = c == t || (c == '?' && t != '/');
      }
    }
    return next;
  }
}
