// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.repository;

import io.heal8s.core.decide.ForeignText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path template and what becomes of it. Values are single pieces of a name: none of them can add
 * a segment, whatever an alert put into it.
 */
sealed interface ManifestPath {

  /** A path that is safe to open in a checkout: relative, no dot segments, nothing of git's own. */
  record Filled(String path) implements ManifestPath {}

  /**
   * No safe path.
   *
   * @param problem a sentence that says what to change
   */
  record Unusable(String problem) implements ManifestPath {}

  /** Text between braces; a template has nothing else to escape. */
  Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  /** What may stand for a placeholder. */
  Pattern VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

  /** Longest path that is accepted. */
  int MAX_LENGTH = 1024;

  /**
   * Fills a template.
   *
   * @param values by placeholder name; an empty one is known but not set
   * @param hints by placeholder name: what to do when it is empty
   */
  static ManifestPath fill(String template, Map<String, String> values, Map<String, String> hints) {
    StringBuilder path = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(template);
    int at = 0;
    while (placeholder.find()) {
      String name = placeholder.group(1);
      String value = values.get(name);
      if (value == null) {
        return new Unusable(
            "the path '"
                + ForeignText.line(template)
                + "' has the placeholder {"
                + ForeignText.line(name)
                + "}, which is none of "
                + String.join(", ", new TreeMap<>(values).keySet())
                + "; correct it");
      }
      if (value.isEmpty()) {
        return new Unusable(
            "the path '"
                + ForeignText.line(template)
                + "' needs {"
                + name
                + "}, which is empty; "
                + hints.getOrDefault(name, "set it")
                + ", or take it out of the path");
      }
      if (!VALUE.matcher(value).matches()) {
        return new Unusable(
            "{"
                + name
                + "} of the path '"
                + ForeignText.line(template)
                + "' is '"
                + ForeignText.line(value)
                + "'; only letters, digits, '.', '_' and '-' can stand there, and a letter or"
                + " digit first; correct it");
      }
      path.append(template, at, placeholder.start()).append(value);
      at = placeholder.end();
    }
    path.append(template, at, template.length());
    return check(path.toString());
  }

  private static ManifestPath check(String path) {
    return problem(path)
        .<ManifestPath>map(
            what ->
                new Unusable(
                    "the path '"
                        + ForeignText.line(path)
                        + "' "
                        + what
                        + "; write a path relative to the repository's root, such as"
                        + " apps/{namespace}/{name}.yaml"))
        .orElseGet(() -> new Filled(path));
  }

  /** What is wrong with a path, a clause that follows it; empty when it is safe. */
  static Optional<String> problem(String path) {
    if (path.isEmpty() || path.length() > MAX_LENGTH) {
      return Optional.of("is empty or longer than " + MAX_LENGTH + " characters");
    }
    if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
      return Optional.of("is absolute");
    }
    if (path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\' || isInvisible(c))) {
      return Optional.of("has a backslash or an invisible character");
    }
    if (path.indexOf('{') >= 0 || path.indexOf('}') >= 0) {
      return Optional.of("has a brace without its pair");
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty()) {
        return Optional.of("has an empty segment");
      }
      if (segment.equals(".") || segment.equals("..")) {
        return Optional.of("has a '" + segment + "' segment");
      }
      String lower = segment.toLowerCase(Locale.ROOT);
      // git~1 is what Windows calls .git; a trailing dot or blank is dropped there.
      if (lower.startsWith(".git") || lower.startsWith("git~")) {
        return Optional.of("leads into git's or the forge's own files ('" + segment + "')");
      }
    }
    return Optional.empty();
  }

  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.CONTROL;
  }
}
