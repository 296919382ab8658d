// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.heal8s.core.boot.SuiteNamespace;
import io.heal8s.core.effect.BulkCreator;
import io.heal8s.core.effect.EventPublisher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ObjectReference;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.gateway.intake.AlertExecutor;
import io.heal8s.gateway.intake.CompiledPolicyRules;
import io.heal8s.gateway.intake.GatewayMetrics;
import io.heal8s.gateway.intake.GatewayNews;
import io.heal8s.gateway.intake.Intake;
import io.heal8s.gateway.intake.PolicyStore;
import io.heal8s.gateway.intake.RemediationApi;
import io.heal8s.gateway.intake.ServerRemediationApi;
import io.heal8s.gateway.routing.AlertRouter;
import io.kubernetes.client.openapi.ApiClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway itself: from a delivery to the API server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayConfiguration {

  /** What the chart names it unless told otherwise. */
  private static final String DEPLOYMENT = "heal8s-alert-gateway";

  @Bean
  RemediationApi remediationApi(ApiClient client, KubernetesApi api, GatewaySettings settings) {
    return new ServerRemediationApi(
        new BulkCreator(
            client,
            ServedKinds.REMEDIATIONS,
            settings.callTimeout(),
            ServerRemediationApi.FIELD_MANAGER),
        api);
  }

  @Bean
  GatewayMetrics gatewayMetrics(MeterRegistry registry) {
    return new GatewayMetrics(registry);
  }

  /** Everything that people are told is in the name of this pod, or of the Deployment. */
  @Bean
  GatewayNews gatewayNews(
      GatewayMetrics metrics,
      EventPublisher events,
      SuiteNamespace suite,
      @Value("${POD_NAME:}") String pod) {
    ObjectReference self =
        pod.isEmpty()
            ? new ObjectReference(
                "apps/v1", "Deployment", new ObjectKey(suite.name(), DEPLOYMENT), "")
            : new ObjectReference("v1", "Pod", new ObjectKey(suite.name(), pod), "");
    return new GatewayNews(metrics, self, events::publish);
  }

  @Bean
  Intake intake(
      PolicyStore policies,
      RemediationApi api,
      GatewayMetrics metrics,
      GatewayNews news,
      GatewaySettings settings,
      SuiteNamespace suite,
      Clock clock) {
    return new Intake(
        new CompiledPolicyRules(policies, suite.name()),
        new AlertRouter(),
        new AlertExecutor(api, news, clock),
        metrics,
        news,
        new Intake.Limits(
            settings.concurrentWrites(), settings.writesPerDelivery(), settings.timeout()),
        clock);
  }
}
