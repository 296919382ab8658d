// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.heal8s.core.boot.SuiteNamespace;
import io.heal8s.core.effect.BulkCreator;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.gateway.intake.AlertExecutor;
import io.heal8s.gateway.intake.CompiledPolicyRules;
import io.heal8s.gateway.intake.GatewayMetrics;
import io.heal8s.gateway.intake.Intake;
import io.heal8s.gateway.intake.PolicyStore;
import io.heal8s.gateway.intake.RemediationApi;
import io.heal8s.gateway.intake.ServerRemediationApi;
import io.heal8s.gateway.routing.AlertRouter;
import io.kubernetes.client.openapi.ApiClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateway itself: from a delivery to the API server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayConfiguration {

  @Bean
  RemediationApi remediationApi(ApiClient client, KubernetesApi api, GatewaySettings settings) {
    return new ServerRemediationApi(
        new BulkCreator(client, settings.callTimeout(), ServerRemediationApi.FIELD_MANAGER), api);
  }

  @Bean
  GatewayMetrics gatewayMetrics(MeterRegistry registry) {
    return new GatewayMetrics(registry);
  }

  @Bean
  Intake intake(
      PolicyStore policies,
      RemediationApi api,
      GatewayMetrics metrics,
      GatewaySettings settings,
      SuiteNamespace suite,
      Clock clock) {
    return new Intake(
        new CompiledPolicyRules(policies, suite.name()),
        new AlertRouter(),
        new AlertExecutor(api, (last, attempts) -> {}, clock),
        metrics,
        new Intake.Limits(
            settings.concurrentWrites(), settings.writesPerDelivery(), settings.timeout()),
        clock);
  }
}
