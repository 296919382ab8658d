// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.heal8s.core.boot.CallerCheck;
import io.heal8s.core.boot.ServicePort;
import io.heal8s.core.http.inbound.BodyLimit;
import io.heal8s.core.http.inbound.WebhookFilter;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.gateway.intake.DeliveryGate;
import io.heal8s.gateway.intake.GatewayMetrics;
import io.heal8s.gateway.intake.GatewayNews;
import io.heal8s.gateway.intake.Intake;
import io.heal8s.gateway.intake.TraceParents;
import io.heal8s.gateway.intake.WebhookServlet;
import io.heal8s.gateway.intake.WebhookServlet.Answer;
import io.heal8s.gateway.source.AlertSource;
import io.heal8s.gateway.source.alertmanager.AlertmanagerSource;
import io.heal8s.gateway.source.autoheal.AutoHealSource;
import io.heal8s.gateway.source.grafana.GrafanaSource;
import io.kubernetes.client.openapi.ApiClient;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The webhooks: one servlet for each sender, behind one gate. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

  private static final String ALERTMANAGER = "/webhooks/alertmanager";
  private static final String GRAFANA = "/webhooks/grafana";
  private static final String AUTO_HEAL = "/webhook";
  private static final String BELOW_AUTO_HEAL = "/webhook/*";

  private final Intake intake;
  private final GatewayMetrics metrics;
  private final GatewayNews news;
  private final Tracing tracing;
  private final TraceParents traces =
      new TraceParents(() -> ThreadLocalRandom.current().nextLong());

  WebhookConfiguration(Intake intake, GatewayMetrics metrics, GatewayNews news, Tracing tracing) {
    this.intake = intake;
    this.metrics = metrics;
    this.news = news;
    this.tracing = tracing;
  }

  @Bean
  ServletRegistrationBean<WebhookServlet> alertmanagerWebhook() {
    return webhook(new AlertmanagerSource(), Answer.LIST, ALERTMANAGER);
  }

  @Bean
  ServletRegistrationBean<WebhookServlet> grafanaWebhook() {
    return webhook(new GrafanaSource(), Answer.LIST, GRAFANA);
  }

  /** The original answered whatever began with its path. */
  @Bean
  ServletRegistrationBean<WebhookServlet> autoHealWebhook() {
    return webhook(new AutoHealSource(), Answer.EMPTY, AUTO_HEAL, BELOW_AUTO_HEAL);
  }

  /** Where ph-operator answered, and where the first release had its metrics. */
  @Bean
  ServicePort metricsPort(GatewaySettings settings) {
    return new ServicePort(
        "heal8s.gateway.metrics-port", settings.metricsPort(), Set.of(AUTO_HEAL, "/metrics"));
  }

  private ServletRegistrationBean<WebhookServlet> webhook(
      AlertSource source, Answer answer, String... paths) {
    ServletRegistrationBean<WebhookServlet> registration =
        new ServletRegistrationBean<>(
            new WebhookServlet(source, intake, news, traces, tracing, answer), paths);
    registration.setName(source.id());
    registration.setLoadOnStartup(1);
    return registration;
  }

  @Bean
  FilterRegistrationBean<DeliveryGate> gate(GatewaySettings settings) {
    return onWebhooks(
        new DeliveryGate(
            (int) settings.maxBody().toBytes(),
            (int) settings.maxBodiesInFlight().toBytes(),
            metrics,
            news),
        1);
  }

  @Bean
  FilterRegistrationBean<WebhookFilter> callers(
      GatewaySettings settings, ApiClient client, Clock clock) {
    return onWebhooks(
        new WebhookFilter(
            CallerCheck.of("heal8s.gateway.auth", settings.auth(), client, clock),
            new BodyLimit((int) settings.maxBody().toBytes(), settings.maxBodyTime()),
            clock,
            news),
        2);
  }

  private static <T extends Filter> FilterRegistrationBean<T> onWebhooks(T filter, int order) {
    FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
    registration.addUrlPatterns(ALERTMANAGER, GRAFANA, AUTO_HEAL, BELOW_AUTO_HEAL);
    registration.setOrder(order);
    return registration;
  }
}
