// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import io.heal8s.graphql.trigger.WhenExpression.UnusableException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compiles expressions, and keeps those that were asked for last: compiling one takes far longer
 * than asking it. What is kept changes no answer. Safe for several threads.
 */
final class WhenExpressions {

  /** Most that are kept. */
  static final int MOST = 512;

  /** Longest that is kept, in characters: a compiled one takes far more room than its text. */
  static final int LONGEST = 256;

  private final Map<String, WhenExpression> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, WhenExpression> eldest) {
              return size() > MOST;
            }
          });

  /**
   * The expression of a text.
   *
   * @throws UnusableException says where it is wrong
   */
  WhenExpression of(String text) throws UnusableException {
    WhenExpression before = known.get(text);
    if (before != null) {
      return before;
    }
    WhenExpression compiled = WhenExpression.compile(text);
    if (text.length() <= LONGEST) {
      known.put(text, compiled);
    }
    return compiled;
  }

  int kept() {
    return known.size();
  }
}
