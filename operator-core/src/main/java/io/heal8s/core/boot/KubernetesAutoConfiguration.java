// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.kubernetes.client.openapi.ApiClient;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The client of the API server and what every service needs beside it. */
@AutoConfiguration
@EnableConfigurationProperties(KubernetesSettings.class)
public class KubernetesAutoConfiguration {

  /** The time; tests bring another. */
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Reads the configuration of the client; contacts nobody. */
  @Bean
  @ConditionalOnMissingBean
  ApiClient apiClient(KubernetesSettings settings) {
    return new ApiClients(System.getenv()).connect(settings);
  }

  /** The namespace that the suite is installed in. */
  @Bean
  @ConditionalOnMissingBean
  SuiteNamespace suiteNamespace(KubernetesSettings settings, Environment environment) {
    return SuiteNamespace.of(settings.namespace(), environment.getProperty("POD_NAMESPACE"));
  }
}
