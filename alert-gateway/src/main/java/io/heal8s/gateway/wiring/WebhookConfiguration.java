// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.heal8s.core.boot.ServicePort;
import io.heal8s.core.http.inbound.BodyLimit;
import io.heal8s.core.http.inbound.WebhookFilter;
import io.heal8s.core.http.webhook.WebhookAuthenticator;
import io.heal8s.gateway.intake.GatewayMetrics;
import io.heal8s.gateway.intake.Intake;
import io.heal8s.gateway.intake.TraceParents;
import io.heal8s.gateway.intake.WebhookServlet;
import io.heal8s.gateway.intake.WebhookServlet.Answer;
import io.heal8s.gateway.source.AlertSource;
import io.heal8s.gateway.source.alertmanager.AlertmanagerSource;
import io.heal8s.gateway.source.autoheal.AutoHealSource;
import io.heal8s.gateway.source.grafana.GrafanaSource;
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

  private final Intake intake;
  private final GatewayMetrics metrics;
  private final TraceParents traces =
      new TraceParents(() -> ThreadLocalRandom.current().nextLong());

  WebhookConfiguration(Intake intake, GatewayMetrics metrics) {
    this.intake = intake;
    this.metrics = metrics;
  }

  @Bean
  ServletRegistrationBean<WebhookServlet> alertmanagerWebhook() {
    return webhook(new AlertmanagerSource(), Answer.LIST, "/webhooks/alertmanager");
  }

  @Bean
  ServletRegistrationBean<WebhookServlet> grafanaWebhook() {
    return webhook(new GrafanaSource(), Answer.LIST, "/webhooks/grafana");
  }

  /** The original answered whatever began with its path. */
  @Bean
  ServletRegistrationBean<WebhookServlet> autoHealWebhook() {
    return webhook(new AutoHealSource(), Answer.EMPTY, "/webhook", "/webhook/*");
  }

  /** Where ph-operator answered, and where the first release had its metrics. */
  @Bean
  ServicePort metricsPort(GatewaySettings settings) {
    return new ServicePort(
        "heal8s.gateway.metrics-port", settings.metricsPort(), Set.of("/webhook", "/metrics"));
  }

  private ServletRegistrationBean<WebhookServlet> webhook(
      AlertSource source, Answer answer, String... paths) {
    ServletRegistrationBean<WebhookServlet> registration =
        new ServletRegistrationBean<>(
            new WebhookServlet(source, intake, metrics, traces, answer), paths);
    registration.setName(source.id());
    registration.setLoadOnStartup(1);
    return registration;
  }

  @Bean
  FilterRegistrationBean<WebhookFilter> callers(GatewaySettings settings, Clock clock) {
    WebhookFilter filter =
        new WebhookFilter(
            authenticator(settings, clock),
            new BodyLimit((int) settings.maxBody().toBytes(), settings.maxBodyTime()),
            clock,
            (status, reason) -> metrics.refused("webhook", status, reason));
    FilterRegistrationBean<WebhookFilter> registration = new FilterRegistrationBean<>(filter);
    registration.addUrlPatterns(
        "/webhooks/alertmanager", "/webhooks/grafana", "/webhook", "/webhook/*");
    return registration;
  }

  private static WebhookAuthenticator authenticator(GatewaySettings settings, Clock clock) {
    try {
      return WebhookAuthenticator.of(settings.auth(), null, clock);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("heal8s.gateway.auth." + e.getMessage(), e);
    }
  }
}
