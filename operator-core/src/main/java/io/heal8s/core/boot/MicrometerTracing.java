// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.runtime.Tracing;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.function.Function;

/** Work as spans of Micrometer, which sends them where Spring's settings say. */
final class MicrometerTracing implements Tracing {

  private static final String HEADER = "traceparent";

  private final Tracer tracer;
  private final Propagator propagator;

  MicrometerTracing(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  private record Spanning(Span span) implements Active {

    @Override
    public String traceparent() {
      TraceContext context = span.context();
      String flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
      return "00-" + context.traceId() + "-" + context.spanId() + "-" + flags;
    }

    @Override
    public void failed(Throwable cause) {
      span.error(cause);
    }
  }

  @Override
  public <T> T trace(Work work, Function<Active, T> run) {
    Map<String, String> parent = work.parent() == null ? Map.of() : Map.of(HEADER, work.parent());
    Span.Builder builder = propagator.extract(parent, Map::get).name(work.name());
    work.attributes().forEach(builder::tag);
    Span span = builder.start();
    try (Tracer.SpanInScope _ = tracer.withSpan(span)) {
      return run.apply(new Spanning(span));
    } catch (RuntimeException | Error failure) {
      span.error(failure);
      throw failure;
    } finally {
      span.end();
    }
  }
}
