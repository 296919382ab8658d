// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.runtime.Tracing;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Traces, where somebody takes them: {@code management.opentelemetry.tracing.export.otlp.endpoint}
 * says where (OTLP over HTTP); see {@link TracingOnDemand}.
 */
@AutoConfiguration(
    afterName = {
      "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
      "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration"
    })
public class TracingAutoConfiguration {

  /** Only what is asked for loads the classes of a tracer. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(type = "io.micrometer.tracing.Tracer")
  static class Traced {

    @Bean
    @ConditionalOnMissingBean
    Tracing tracing(Tracer tracer, Propagator propagator) {
      return new MicrometerTracing(tracer, propagator);
    }

    /** Probes and scrapes, every few seconds for ever, are no part of anybody's story. */
    @Bean
    ObservationPredicate noManagementPages() {
      return (name, context) ->
          !(context instanceof ServerRequestObservationContext request)
              || !isManagementPage(request.getCarrier());
    }

    private static boolean isManagementPage(@Nullable HttpServletRequest request) {
      String path = request == null ? "" : request.getRequestURI();
      return Stream.of("/actuator", "/healthz", "/readyz", "/metrics").anyMatch(path::startsWith);
    }
  }

  @Bean
  @ConditionalOnMissingBean
  Tracing noTracing() {
    return Tracing.off();
  }
}
