// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.core.runtime.SystemScheduler;
import io.kubernetes.client.openapi.ApiClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;

/**
 * Caches of the cluster's objects, which a service declares as beans and which fill themselves once
 * the context is up, and what control loops run on.
 */
@AutoConfiguration(after = KubernetesAutoConfiguration.class)
public class InformersAutoConfiguration {

  /** Randomness for jitter, not for secrets; of the JDK's generators the one that threads share. */
  private static final String JITTER = "Random";

  @Bean
  @ConditionalOnMissingBean
  SystemScheduler systemScheduler() {
    return new SystemScheduler();
  }

  @Bean
  @ConditionalOnMissingBean
  KubernetesApi kubernetesApi(ApiClient client, KubernetesSettings settings) {
    return new KubernetesApi(client, settings.timeout());
  }

  @Bean
  @ConditionalOnMissingBean
  Informers informers(KubernetesApi api, SystemScheduler scheduler) {
    return new Informers(
        api, scheduler, Executors.newVirtualThreadPerTaskExecutor(), RandomGenerator.of(JITTER));
  }

  @Bean
  @ConditionalOnMissingBean
  LoopEnvironment loopEnvironment(
      Clock clock, SystemScheduler scheduler, MeterRegistry meters, RunIds runIds) {
    return new LoopEnvironment(
        clock,
        scheduler,
        Executors.newVirtualThreadPerTaskExecutor(),
        RandomGenerator.of(JITTER),
        runIds,
        meters);
  }

  @Bean
  @ConditionalOnMissingBean
  RunIds runIds() {
    return new RunIds(RandomGenerator.of(JITTER));
  }

  @Bean
  @ConditionalOnMissingBean(name = "informersHealthIndicator")
  InformersHealth informersHealthIndicator(Informers informers) {
    return new InformersHealth(informers);
  }

  /** Nothing contacts the API server before the context is up; all stores are declared by then. */
  @Bean
  @ConditionalOnMissingBean(name = "informerLifecycle")
  SmartLifecycle informerLifecycle(Informers informers) {
    return new InformerLifecycle(informers);
  }
}
