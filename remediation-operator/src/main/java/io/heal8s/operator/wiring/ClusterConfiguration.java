// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.boot.SuiteNamespace;
import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.OwnWrites;
import io.heal8s.core.observe.Store;
import io.heal8s.core.observe.Watched;
import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.PolicySource;
import io.heal8s.operator.act.RemediationCache;
import io.heal8s.operator.act.RemediationWriter;
import io.heal8s.operator.act.WorkloadPatcher;
import io.heal8s.operator.cluster.ClusterPatcher;
import io.heal8s.operator.cluster.ClusterReader;
import io.heal8s.operator.cluster.OperatorWriter;
import io.heal8s.operator.cluster.PolicyStatus;
import io.heal8s.operator.cluster.StoredPolicies;
import io.heal8s.operator.cluster.StoredRemediations;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The operator's ports on the cluster. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

  @Bean
  Store<Remediation> remediations(
      Informers informers, OperatorSettings settings, SuiteNamespace suite) {
    return informers.watch(StoredRemediations.watched(), watched(settings, suite));
  }

  @Bean
  Store<RemediationPolicy> policies(
      Informers informers, OperatorSettings settings, SuiteNamespace suite) {
    return informers.watch(
        Watched.required(ServedKinds.REMEDIATION_POLICIES), watched(settings, suite));
  }

  /** Empty for all; else that of the suite as well, whose policy is the cluster's. */
  private static Set<String> watched(OperatorSettings settings, SuiteNamespace suite) {
    Set<String> namespaces = new LinkedHashSet<>(settings.namespaces());
    if (!namespaces.isEmpty()) {
      namespaces.add(suite.name());
    }
    return namespaces;
  }

  @Bean
  OwnWrites ownWrites(Store<Remediation> remediations, SystemScheduler scheduler) {
    return new OwnWrites(remediations, scheduler);
  }

  @Bean
  RemediationCache remediationCache(Store<Remediation> remediations, OwnWrites ownWrites) {
    return new StoredRemediations(remediations, ownWrites);
  }

  @Bean
  PolicySource policySource(Store<RemediationPolicy> policies, SuiteNamespace suite) {
    return new StoredPolicies(policies, suite.name());
  }

  @Bean
  ObjectReader objectReader(KubernetesApi api) {
    return new ClusterReader(api);
  }

  @Bean
  WorkloadPatcher workloadPatcher(KubernetesApi api) {
    return new ClusterPatcher(api);
  }

  @Bean
  PolicyStatus policyStatus(
      KubernetesApi api, Store<RemediationPolicy> policies, SystemScheduler scheduler) {
    return new PolicyStatus(
        policies,
        new OwnWrites(policies, scheduler),
        new ServerSideApplier(api, OperatorWriter.FIELD_MANAGER));
  }

  @Bean
  RemediationWriter remediationWriter(KubernetesApi api, OwnWrites ownWrites) {
    return new OperatorWriter(
        new ServerSideApplier(api, OperatorWriter.FIELD_MANAGER),
        new JsonPatcher(api, OperatorWriter.FIELD_MANAGER),
        ownWrites);
  }
}
