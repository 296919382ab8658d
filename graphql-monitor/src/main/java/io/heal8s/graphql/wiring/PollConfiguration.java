// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.boot.ProcessIdentity;
import io.heal8s.core.decide.Decider;
import io.heal8s.core.effect.EventPublisher;
import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.outbound.NameResolver;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.graphql.announce.Adoption;
import io.heal8s.graphql.announce.AppNews;
import io.heal8s.graphql.announce.AppScribe;
import io.heal8s.graphql.announce.CurrentApps;
import io.heal8s.graphql.announce.MonitorExecutor;
import io.heal8s.graphql.app.TargetAppSetups;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.endpoint.EndpointFinder;
import io.heal8s.graphql.endpoint.UrlGuard;
import io.heal8s.graphql.exchange.GraphQlClient;
import io.heal8s.graphql.exchange.SubscriptionClient;
import io.heal8s.graphql.intent.AppSnapshot;
import io.heal8s.graphql.intent.MonitorIntent;
import io.heal8s.graphql.intent.PollDefaults;
import io.heal8s.graphql.member.Members;
import io.heal8s.graphql.member.Ownership;
import io.heal8s.graphql.poll.AppMetrics;
import io.heal8s.graphql.poll.Fleet;
import io.heal8s.graphql.poll.PollEnvironment;
import io.heal8s.graphql.poll.PollTimes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From the poll to what is written. */
@Configuration(proxyBeanMethods = false)
class PollConfiguration {

  /**
   * Events that may wait. After the first start each of ten thousand apps has one of its first
   * state, and an outage may give each several at once; none of them is to be lost.
   */
  private static final int MOST_EVENTS = 50_000;

  /** As long as the original called two Events the same one. */
  static final Duration SAME_EVENT = Duration.ofMinutes(5);

  @Bean
  EventPublisher eventPublisher(
      ProcessIdentity identity, KubernetesApi api, LoopEnvironment environment) {
    return new EventPublisher(
        api,
        "heal8s.io/graphql-monitor",
        identity.value(),
        environment.clock(),
        environment.scheduler(),
        environment.executor(),
        environment.meters(),
        new EventPublisher.Bounds(MOST_EVENTS, SAME_EVENT));
  }

  @Bean
  Ownership ownership(Members members, Ownership.Shares shares, LoopEnvironment environment) {
    return new Ownership(members, shares, environment.scheduler(), environment.executor());
  }

  @Bean
  AppMetrics appMetrics() {
    return new AppMetrics();
  }

  @Bean
  CurrentApps currentApps(TargetApps apps) {
    return new CurrentApps(apps);
  }

  @Bean
  Adoption adoption(
      CurrentApps apps, Ownership ownership, KubernetesApi api, LoopEnvironment environment) {
    return new Adoption(
        new JsonPatcher(api, MonitorExecutor.FIELD_MANAGER),
        apps,
        ownership,
        environment.scheduler(),
        environment.executor());
  }

  @Bean
  AppScribe appScribe(
      CurrentApps apps,
      Ownership ownership,
      Decider<AppSnapshot, MonitorIntent> decider,
      KubernetesApi api,
      EventPublisher events,
      AppMetrics metrics,
      MonitorSettings settings,
      ObjectProvider<AppNews> news,
      Tracing tracing,
      LoopEnvironment environment) {
    MonitorExecutor executor =
        new MonitorExecutor(
            apps,
            new ServerSideApplier(api, MonitorExecutor.FIELD_MANAGER),
            new KubernetesWriter(api, MonitorExecutor.FIELD_MANAGER),
            events,
            metrics,
            environment.clock(),
            settings.actionTimeout(),
            tracing);
    return new AppScribe(
        apps, ownership, decider, executor, news.getIfAvailable(() -> AppNews.NONE));
  }

  @Bean
  TargetAppSetups targetAppSetups(
      TargetApps apps,
      Ownership ownership,
      KubernetesApi api,
      MonitorSettings settings,
      LoopEnvironment environment) {
    return new TargetAppSetups(
        apps,
        ownership,
        new KubernetesReader(api),
        new PemTls(),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        new PollDefaults(settings.interval(), settings.timeout(), settings.retries()),
        environment.scheduler());
  }

  @Bean
  EndpointFinder endpointFinder(
      ClusterConfiguration.Endpoints endpoints, MonitorSettings settings) {
    AddressPolicy policy = new AddressPolicy(settings.cidrs());
    return new EndpointFinder(
        endpoints.pods(),
        endpoints.services(),
        new UrlGuard(
            settings.lowerCaseSchemes(),
            Set.copyOf(settings.ports()),
            policy,
            NameResolver.system()),
        policy);
  }

  @Bean
  Fleet fleet(
      TargetApps apps,
      TargetAppSetups setups,
      EndpointFinder finder,
      AppScribe scribe,
      AppMetrics metrics,
      Ownership ownership,
      MeterRegistry meters,
      MonitorSettings settings,
      LoopEnvironment environment) {
    GraphQlClient client =
        new GraphQlClient(
            environment.scheduler(), (int) settings.maxBody().toBytes(), settings.maxDepth());
    return new Fleet(
        new PollEnvironment(
            environment.clock(),
            environment.scheduler(),
            environment.executor(),
            environment.random(),
            setups,
            finder,
            client,
            new SubscriptionClient(
                environment.scheduler(), (int) settings.maxBody().toBytes(), settings.maxDepth()),
            scribe,
            metrics,
            new PollTimes(meters),
            settings.requestsPerMinute(),
            settings.interval()),
        // One that comes in a lapse nobody notices would have no monitor after it.
        app -> apps.living(app) != null && ownership.isOwn(app));
  }
}
