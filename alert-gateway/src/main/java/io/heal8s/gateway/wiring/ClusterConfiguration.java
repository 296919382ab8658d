// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.boot.SuiteNamespace;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.Store;
import io.heal8s.core.observe.Watched;
import io.heal8s.gateway.intake.PolicyStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is watched in the cluster: the policies, and nothing else. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

  private static final Watched<RemediationPolicy> POLICIES =
      Watched.required(ServedKinds.REMEDIATION_POLICIES);

  @Bean
  PolicyStore policyStore(Informers informers, GatewaySettings settings, SuiteNamespace suite) {
    // The chart gives the account its rights in the suite's own namespace too.
    Set<String> served = new LinkedHashSet<>(settings.namespaces());
    if (!served.isEmpty()) {
      served.add(suite.name());
    }
    List<Store<RemediationPolicy>> stores =
        served.isEmpty()
            ? List.of(informers.watch(POLICIES))
            : served.stream()
                .map(namespace -> informers.watch(POLICIES.only(Selector.namespace(namespace))))
                .toList();
    return new PolicyStore() {
      @Override
      public boolean synced() {
        return informers.synced();
      }

      @Override
      public boolean serves(String namespace) {
        return served.isEmpty() || served.contains(namespace);
      }

      @Override
      public @Nullable RemediationPolicy find(String namespace) {
        ObjectKey key = new ObjectKey(namespace, RemediationPolicy.NAME);
        for (Store<RemediationPolicy> store : stores) {
          Optional<RemediationPolicy> found = store.get(key);
          if (found.isPresent()) {
            return found.get();
          }
        }
        return null;
      }
    };
  }
}
