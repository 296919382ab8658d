// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import io.heal8s.graphql.trigger.WhenExpression.UnusableException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions, and keeps those that were asked for last: compiling one takes far longer
 * than asking it. What is kept changes no answer. Safe for several threads, none of which waits for
 * another one that compiles.
 */
final class WhenExpressions {

  /**
   * Characters of all that are kept: of so many short ones as a large cluster has, and of a few
   * hundred long ones. A compiled one takes far more room than its text.
   */
  static final int MOST = 256 * 1024;

  // Guarded by this, as the count of their characters.
  private final Map<String, WhenExpression> known = new LinkedHashMap<>(16, 0.75f, true);
  private int characters;

  /**
   * The expression of a text.
   *
   * @throws UnusableException says where it is wrong
   */
  WhenExpression of(String text) throws UnusableException {
    WhenExpression before = get(text);
    if (before != null) {
      return before;
    }
    WhenExpression compiled = WhenExpression.compile(text);
    keep(text, compiled);
    return compiled;
  }

  private synchronized @Nullable WhenExpression get(String text) {
    return known.get(text);
  }

  private synchronized void keep(String text, WhenExpression compiled) {
    if (known.put(text, compiled) == null) {
      characters += text.length();
    }
    Iterator<String> eldest = known.keySet().iterator();
    while (characters > MOST) {
      characters -= eldest.next().length();
      eldest.remove();
    }
  }

  synchronized int kept() {
    return known.size();
  }
}
