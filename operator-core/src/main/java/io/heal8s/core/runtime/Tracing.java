// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where work is seen as a part of a trace. One trace runs through several processes that never call
 * each other: what a piece of work leaves behind carries its place ({@code spec.trace}), and
 * whoever goes on from there names it as the parent.
 *
 * <p>Log lines of the work carry {@code traceId}, whether traces are sent anywhere or not.
 */
public interface Tracing {

  /** Key of the trace's id in log lines, as Spring has it. */
  String TRACE_ID = "traceId";

  /**
   * A piece of work.
   *
   * @param parent W3C traceparent; null begins a trace
   * @param name of a closed set, e.g. {@code pull request opened}
   * @param attributes who and what; no secrets
   */
  record Work(@Nullable String parent, String name, Map<String, String> attributes) {

    public Work {
      attributes = Map.copyOf(attributes);
    }
  }

  /** Work that is under way. */
  interface Active {

    /** What work that follows from this names as its parent; null where there is no trace. */
    @Nullable String traceparent();

    /** The work ends, but not well. */
    void failed(Throwable cause);
  }

  /** Does the work on this thread; what it throws is noted and thrown on. */
  <T> T trace(Work work, Function<Active, T> run);

  /** Sends nothing anywhere. */
  static Tracing off() {
    return new Untraced();
  }
}
