// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.naming;

import org.jspecify.annotations.Nullable;

/** What Kubernetes accepts as names and label values, and how foreign text is made to fit. */
public final class KubernetesName {

  /** Longest DNS-1123 label, in characters. */
  public static final int LABEL_LENGTH = 63;

  /** Longest DNS-1123 subdomain, in characters. */
  public static final int SUBDOMAIN_LENGTH = 253;

  private KubernetesName() {}

  /** Whether the text is a DNS-1123 label: the name of a namespace. */
  public static boolean isLabel(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > LABEL_LENGTH) {
      return false;
    }
    return isLabel(text, 0, text.length());
  }

  /** Whether the text is a DNS-1123 subdomain: the name of most objects. */
  public static boolean isSubdomain(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > SUBDOMAIN_LENGTH) {
      return false;
    }
    int start = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
      if (!isLabel(text, start, dot)) {
        return false;
      }
      start = dot + 1;
    }
    return isLabel(text, start, text.length());
  }

  /**
   * A label value made of any text: what is not allowed becomes a dash, what is too long is cut at
   * 63 characters. Different texts may become the same value, so whoever finds objects by it
   * compares the full text afterwards.
   *
   * @return a valid label value, empty if nothing of the text could be kept
   */
  public static String labelValue(String text) {
    StringBuilder value = new StringBuilder(Math.min(text.length(), LABEL_LENGTH));
    for (int i = 0; i < text.length() && value.length() < LABEL_LENGTH; i++) {
      char c = text.charAt(i);
      if (isAlphanumeric(c)) {
        value.append(c);
      } else if (!value.isEmpty()) {
        value.append(c == '.' || c == '_' ? c : '-');
      }
    }
    return withoutTail(value);
  }

  /**
   * Lower-case letters and digits of a text, with one dash where something else was.
   *
   * @param longest at most that many characters
   * @return empty, or a text that may stand anywhere in a DNS-1123 label
   */
  public static String slug(String text, int longest) {
    StringBuilder slug = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length() && slug.length() < longest; i++) {
      char c = text.charAt(i);
      if (isAlphanumeric(c)) {
        slug.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
      } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-') {
        slug.append('-');
      }
    }
    return withoutTail(slug);
  }

  private static String withoutTail(StringBuilder text) {
    int end = text.length();
    while (end > 0 && !isAlphanumeric(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isLabel(String text, int from, int to) {
    if (from >= to || text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
