// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves everything of tracing out of a process that sends traces nowhere: a tracer without an
 * exporter would cost its classes at every start and its memory for ever.
 */
final class TracingOnDemand implements AutoConfigurationImportFilter, EnvironmentAware {

  static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

  private @Nullable Environment environment;

  /** Made by Spring from {@code META-INF/spring.factories}. */
  TracingOnDemand() {}

  @Override
  public void setEnvironment(Environment given) {
    this.environment = given;
  }

  @Override
  public boolean[] match(
      @Nullable String[] configurations, AutoConfigurationMetadata configurationMetadata) {
    String endpoint = environment == null ? null : environment.getProperty(ENDPOINT);
    boolean traced = endpoint != null && !endpoint.isBlank();
    boolean[] wanted = new boolean[configurations.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = traced || !isOfTracing(configurations[i]);
    }
    return wanted;
  }

  private static boolean isOfTracing(@Nullable String configuration) {
    return configuration != null
        && Stream.of(
                "org.springframework.boot.micrometer.tracing.",
                "org.springframework.boot.opentelemetry.")
            .anyMatch(configuration::startsWith);
  }
}
