// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.boot.ProcessIdentity;
import io.heal8s.core.boot.SuiteNamespace;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.Store;
import io.heal8s.core.observe.Watched;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.endpoint.PodView;
import io.heal8s.graphql.endpoint.ServiceView;
import io.heal8s.graphql.member.MemberSettings;
import io.heal8s.graphql.member.Members;
import io.heal8s.graphql.member.Membership;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1Lease;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is watched in the cluster. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MonitorSettings.class)
class ClusterConfiguration {

  /** The pods and Services of the served namespaces. */
  record Endpoints(List<Store<PodView>> pods, List<Store<ServiceView>> services) {}

  @Bean
  TargetApps targetApps(Informers informers, MonitorSettings settings) {
    return new TargetApps(each(informers, Watched.optional(ServedKinds.TARGET_APPS), settings));
  }

  @Bean
  Endpoints endpoints(Informers informers, MonitorSettings settings) {
    return new Endpoints(
        each(
            informers,
            Watched.required(PodView.TYPE).indexedBy(PodView.BY_LABEL, PodView::labelKeys),
            settings),
        each(informers, Watched.required(ServiceView.TYPE), settings));
  }

  @Bean
  MemberSettings memberSettings(
      MonitorSettings settings, ProcessIdentity identity, SuiteNamespace suite) {
    return new MemberSettings(
        identity.value(), suite.name(), settings.lease(), settings.leaseRenewal());
  }

  @Bean
  Members members(MemberSettings settings, LoopEnvironment environment, Informers informers) {
    Members members = new Members(settings, environment.scheduler(), environment.clock());
    Store<V1Lease> leases =
        informers.watch(Watched.required(ServedKinds.LEASES).only(Membership.selector(settings)));
    leases.onChange(members::changed);
    return members;
  }

  @Bean
  Membership membership(
      MemberSettings settings, Members members, ApiClient client, LoopEnvironment environment) {
    return new Membership(
        settings,
        members,
        new KubernetesApi(client, settings.attempt()),
        environment.scheduler(),
        environment.clock(),
        environment.executor());
  }

  private static <T> List<Store<T>> each(
      Informers informers, Watched<T> watched, MonitorSettings settings) {
    if (settings.namespaces().isEmpty()) {
      return List.of(informers.watch(watched));
    }
    List<Store<T>> stores = new ArrayList<>();
    for (String namespace : settings.namespaces()) {
      stores.add(informers.watch(watched.only(Selector.namespace(namespace))));
    }
    return stores;
  }
}
