// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.boot.ServicePort;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.http.inbound.BodyLimit;
import io.heal8s.core.http.inbound.WebhookFilter;
import io.heal8s.core.http.webhook.AuthMode;
import io.heal8s.core.http.webhook.HmacSettings;
import io.heal8s.core.http.webhook.WebhookAuthSettings;
import io.heal8s.core.http.webhook.WebhookAuthenticator;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.Store;
import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.pr.act.ForgeQuestions;
import io.heal8s.pr.changerequest.PrSnapshot;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.webhook.GithubWebhookServlet;
import io.heal8s.pr.webhook.Waker;
import io.heal8s.pr.webhook.WebhookGate;
import io.heal8s.pr.webhook.WebhookMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import java.time.Clock;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The webhook of GitHub, where it is switched on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("heal8s.pr.webhook.enabled")
class WebhookConfiguration {

  static final String PORT = "heal8s.pr.webhook.port";

  private static final String PATH = "/webhooks/github";
  private static final int AT_ONCE = 16;

  @Bean
  ServicePort webhookPort(PrSettings settings) {
    return new ServicePort(PORT, settings.webhook().port(), Set.of(PATH));
  }

  @Bean
  WebhookMetrics webhookMetrics(MeterRegistry meters) {
    return new WebhookMetrics(meters);
  }

  @Bean
  ServletRegistrationBean<GithubWebhookServlet> githubWebhook(
      Store<Remediation> remediations,
      ForgeQuestions questions,
      ControllerLoop<ObjectKey, PrSnapshot, PrIntent> loop,
      Informers informers,
      WebhookMetrics metrics) {
    return new ServletRegistrationBean<>(
        new GithubWebhookServlet(
            new Waker(remediations, questions, loop::add), informers::synced, metrics),
        PATH);
  }

  @Bean
  FilterRegistrationBean<WebhookGate> webhookGate(WebhookMetrics metrics) {
    return onWebhook(new WebhookGate(AT_ONCE, metrics), 1);
  }

  @Bean
  FilterRegistrationBean<WebhookFilter> webhookCallers(
      PrSettings settings, Clock clock, WebhookMetrics metrics) {
    PrSettings.Webhook webhook = settings.webhook();
    BodyLimit limit = BodyLimit.ofBytes(webhook.maxBody().toBytes());
    return onWebhook(new WebhookFilter(authenticator(webhook, clock), limit, clock, metrics), 2);
  }

  private static WebhookAuthenticator authenticator(PrSettings.Webhook webhook, Clock clock) {
    HmacSettings hmac = HmacSettings.of(HmacSettings.Style.GITHUB, webhook.keyFiles());
    try {
      return WebhookAuthenticator.of(
          new WebhookAuthSettings(Set.of(AuthMode.HMAC), null, hmac, null, null), null, clock);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage()).replaceFirst("^hmac\\.", "");
      throw new IllegalArgumentException("heal8s.pr.webhook." + message, e);
    }
  }

  private static <T extends Filter> FilterRegistrationBean<T> onWebhook(T filter, int order) {
    FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
    registration.addUrlPatterns(PATH);
    registration.setOrder(order);
    return registration;
  }
}
