// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.TraceParent;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Log lines carry the trace's id, so that they are found by it; nothing is sent. */
final class Untraced implements Tracing {

  private record Passing(@Nullable String traceparent) implements Active {

    @Override
    public void failed(Throwable cause) {
      // The log says it.
    }
  }

  @Override
  public <T> T trace(Work work, Function<Active, T> run) {
    Optional<String> id = TraceParent.traceId(work.parent());
    Passing active = new Passing(work.parent());
    if (id.isEmpty()) {
      return run.apply(active);
    }
    try (MDC.MDCCloseable _ = MDC.putCloseable(TRACE_ID, id.get())) {
      return run.apply(active);
    }
  }
}
