// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.graphql.poll.AppMetrics;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusOutputFormat;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;

/**
 * The page that Prometheus reads: what the registry holds, and then the series of every app as they
 * are made. A page is many thousand lines, so after each part the polls that wait for the processor
 * have their turn.
 */
final class MetricsStream extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable PrometheusScrapeEndpoint registry;
  private final transient AppMetrics apps;

  /**
   * @param registry null where its export is switched off
   */
  MetricsStream(@Nullable PrometheusScrapeEndpoint registry, AppMetrics apps) {
    this.registry = registry;
    this.apps = apps;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain; version=0.0.4; charset=utf-8");
    ServletOutputStream out = response.getOutputStream();
    if (registry != null) {
      WebEndpointResponse<byte[]> general =
          registry.scrape(PrometheusOutputFormat.CONTENT_TYPE_004, null);
      out.write(Objects.requireNonNull(general.getBody()));
    }
    apps.writeTo(
        part -> {
          out.write(part.toString().getBytes(StandardCharsets.UTF_8));
          Thread.yield();
        });
  }
}
