// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.fakecluster;

import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of label selectors, as the API server reads it. */
final class LabelSelector {

  private static final Pattern SET =
      Pattern.compile("(?<key>[^ !=]+) (?<operator>in|notin) \\((?<values>[^)]*)\\)");

  private LabelSelector() {}

  static boolean matches(String selector, LiveObject object) {
    // A comma inside parentheses separates values, not terms.
    for (String term : selector.split(",(?![^(]*\\))", -1)) {
      if (!term.isEmpty() && !holds(term, object)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(String term, LiveObject object) {
    Matcher set = SET.matcher(term);
    if (set.matches()) {
      boolean among =
          List.of(set.group("values").split(",")).contains(label(object, set.group("key")));
      return among == set.group("operator").equals("in");
    }
    if (term.startsWith("!")) {
      return !has(object, term.substring(1));
    }
    int equals = term.indexOf('=');
    return equals < 0
        ? has(object, term)
        : label(object, term.substring(0, equals)).equals(term.substring(equals + 1));
  }

  private static boolean has(LiveObject object, String key) {
    return object.at("metadata.labels[\"" + key + "\"]").isPresent();
  }

  private static String label(LiveObject object, String key) {
    return object.text("metadata.labels[\"" + key + "\"]");
  }
}
