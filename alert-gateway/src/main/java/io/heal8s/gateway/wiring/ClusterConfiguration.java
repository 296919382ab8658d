// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.Store;
import io.heal8s.core.observe.Watched;
import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.gateway.intake.PolicyStore;
import io.kubernetes.client.openapi.ApiClient;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is watched in the cluster: the policies, and nothing else. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

  @Bean
  KubernetesApi kubernetesApi(ApiClient client, GatewaySettings settings) {
    return new KubernetesApi(client, settings.callTimeout());
  }

  @Bean
  SystemScheduler scheduler() {
    return new SystemScheduler();
  }

  @Bean
  Informers informers(KubernetesApi api, SystemScheduler scheduler) {
    return new Informers(
        api,
        scheduler,
        Executors.newVirtualThreadPerTaskExecutor(),
        RandomGenerator.of("L64X128MixRandom"));
  }

  @Bean
  PolicyStore policyStore(Informers informers) {
    Store<RemediationPolicy> policies =
        informers.watch(
            Watched.required(
                ResourceType.namespaced(
                    RemediationPolicy.class,
                    RemediationPolicy.GROUP,
                    RemediationPolicy.VERSION,
                    RemediationPolicy.KIND,
                    RemediationPolicy.PLURAL)));
    return new PolicyStore() {
      @Override
      public boolean synced() {
        return informers.synced();
      }

      @Override
      public @Nullable RemediationPolicy find(String namespace) {
        return policies.get(new ObjectKey(namespace, RemediationPolicy.NAME)).orElse(null);
      }
    };
  }

  /** Nothing contacts the API server before the context is up; the stores are declared by then. */
  @Bean
  SmartLifecycle informerLifecycle(Informers informers, PolicyStore declared) {
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        informers.start();
        running = true;
      }

      @Override
      public void stop() {
        running = false;
        informers.stop();
      }

      @Override
      public boolean isRunning() {
        return running;
      }
    };
  }
}
