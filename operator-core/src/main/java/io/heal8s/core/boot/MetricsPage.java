// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.metric.CounterNames;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;

/**
 * The page that Prometheus reads, with every counter under its full name. Text formats only: a name
 * cannot be set right in a binary message, and whoever asks for one takes OpenMetrics as well.
 */
@WebEndpoint(id = "prometheus")
class MetricsPage extends PrometheusScrapeEndpoint {

  MetricsPage(PrometheusRegistry registry, PrometheusConfig config) {
    super(registry, Objects.requireNonNullElseGet(config.prometheusProperties(), Properties::new));
  }

  @Override
  @ReadOperation(producesFrom = PrometheusOutputFormat.class)
  public WebEndpointResponse<byte[]> scrape(
      PrometheusOutputFormat wanted, @Nullable Set<String> includedNames) {
    PrometheusOutputFormat format =
        wanted == PrometheusOutputFormat.CONTENT_TYPE_PROTOBUF
            ? PrometheusOutputFormat.CONTENT_TYPE_OPENMETRICS_100
            : wanted;
    Set<String> names =
        includedNames == null
            ? null
            : includedNames.stream().map(CounterNames::inRegistry).collect(Collectors.toSet());
    byte[] page = Objects.requireNonNull(super.scrape(format, names).getBody());
    String text = CounterNames.unmarked(new String(page, StandardCharsets.UTF_8));
    return new WebEndpointResponse<>(text.getBytes(StandardCharsets.UTF_8), format);
  }
}
