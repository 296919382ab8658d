// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicyList;
import io.heal8s.gateway.intake.PolicyStore;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.informer.cache.Lister;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection to the cluster and what is watched there. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

  @Bean
  ApiClient apiClient(@Value("${kubeconfig:${KUBECONFIG:}}") String kubeconfig) throws IOException {
    if (kubeconfig.isEmpty()) {
      return ClientBuilder.cluster().build();
    }
    try (Reader reader = Files.newBufferedReader(Path.of(kubeconfig))) {
      return ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build();
    }
  }

  @Bean
  SharedInformerFactory informers(ApiClient client) {
    return new SharedInformerFactory(client);
  }

  @Bean
  PolicyStore policyStore(ApiClient client, SharedInformerFactory informers) {
    GenericKubernetesApi<RemediationPolicy, RemediationPolicyList> api =
        new GenericKubernetesApi<>(
            RemediationPolicy.class,
            RemediationPolicyList.class,
            RemediationPolicy.GROUP,
            RemediationPolicy.VERSION,
            RemediationPolicy.PLURAL,
            client);
    SharedIndexInformer<RemediationPolicy> informer =
        informers.sharedIndexInformerFor(api, RemediationPolicy.class, 0);
    Lister<RemediationPolicy> lister = new Lister<>(informer.getIndexer());
    return new PolicyStore() {
      @Override
      public boolean synced() {
        return informer.hasSynced();
      }

      @Override
      public @Nullable RemediationPolicy find(String namespace) {
        return lister.namespace(namespace).get(RemediationPolicy.NAME);
      }
    };
  }

  /** Nothing contacts the API server before the context is up. */
  @Bean
  SmartLifecycle informerLifecycle(SharedInformerFactory informers, PolicyStore declared) {
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        informers.startAllRegisteredInformers();
        running = true;
      }

      @Override
      public void stop() {
        running = false;
        informers.stopAllRegisteredInformers();
      }

      @Override
      public boolean isRunning() {
        return running;
      }
    };
  }
}
