// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.boot.LoopStart;
import io.heal8s.core.boot.OptionalSettings;
import io.heal8s.core.boot.OwnPage;
import io.heal8s.core.boot.ServicePort;
import io.heal8s.core.effect.EventPublisher;
import io.heal8s.core.observe.Informers;
import io.heal8s.graphql.announce.Adoption;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.endpoint.EndpointFinder;
import io.heal8s.graphql.member.Members;
import io.heal8s.graphql.member.Membership;
import io.heal8s.graphql.member.Ownership;
import io.heal8s.graphql.poll.AppMetrics;
import io.heal8s.graphql.poll.Fleet;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusScrapeEndpoint;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Begin and end of polling, and the pages of the original. */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration {

  static final String METRICS_PORT = "heal8s.graphql.metrics-port";

  private static final String VERSION = "0.1.0";

  private static final Set<String> SWITCH = Set.of("true", "false");

  @Bean
  FleetLifecycle fleetLifecycle(
      TargetApps apps,
      ClusterConfiguration.Endpoints endpoints,
      EndpointFinder finder,
      Membership membership,
      Ownership ownership,
      Fleet fleet,
      Adoption adoption) {
    return new FleetLifecycle(apps, endpoints, finder, membership, ownership, fleet, adoption);
  }

  @Bean
  LoopStart polling(Informers informers, FleetLifecycle fleet) {
    return new LoopStart("graphql-monitor", informers::synced, fleet::begin);
  }

  /** Not ready before this replica has a share of the work. */
  @Bean
  HealthIndicator membershipHealthIndicator(Members members) {
    return () -> members.mayAct() ? Health.up().build() : Health.outOfService().build();
  }

  @Bean
  FormerPages formerPages(
      Clock clock,
      Fleet fleet,
      EventPublisher events,
      MonitorSettings settings,
      ApplicationAvailability availability,
      Informers informers,
      Ownership ownership,
      Members members) {
    BooleanSupplier alive =
        () -> availability.getLivenessState() == LivenessState.CORRECT && ownership.isAlive();
    BooleanSupplier ready =
        () ->
            availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                && informers.synced()
                && members.mayAct();
    return new FormerPages(
        clock, VERSION, fleet, settings.requestsPerMinute(), events::remembered, alive, ready);
  }

  @Bean
  OwnPage healthPage() {
    return new OwnPage("/healthz");
  }

  @Bean
  OwnPage readinessPage() {
    return new OwnPage("/readyz");
  }

  @Bean
  ServletRegistrationBean<FormerPage> healthServlet(FormerPages pages) {
    return page("/healthz", pages::health);
  }

  @Bean
  ServletRegistrationBean<FormerPage> readinessServlet(FormerPages pages) {
    return page("/readyz", pages::readiness);
  }

  @Bean
  ServletRegistrationBean<FormerPage> statsServlet(FormerPages pages) {
    return page("/stats", pages::stats);
  }

  @Bean
  OwnPage metricsPage() {
    return new OwnPage("/metrics");
  }

  @Bean
  ServletRegistrationBean<MetricsStream> metricsServlet(
      ObjectProvider<PrometheusScrapeEndpoint> registry, AppMetrics apps) {
    ServletRegistrationBean<MetricsStream> registration =
        new ServletRegistrationBean<>(
            new MetricsStream(registry.getIfAvailable(), apps), "/metrics");
    registration.setName("/metrics");
    return registration;
  }

  /** Bound only where the interface is on: a condition takes whatever is not true for false. */
  @Bean
  static OptionalSettings apiSettings(Environment environment) {
    String enabled = environment.getProperty(ApiSettings.PREFIX + "enabled", "false");
    if (!SWITCH.contains(enabled.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "setting %senabled is '%s': write true or false".formatted(ApiSettings.PREFIX, enabled));
    }
    return new OptionalSettings(ApiSettings.class);
  }

  /** Where the original served its metrics, and the GraphQL interface where it is on that port. */
  @Bean
  ServicePort metricsPort(MonitorSettings settings, ObjectProvider<ApiSettings> api) {
    ApiSettings beside = api.getIfAvailable();
    Set<String> paths =
        beside != null && beside.port() == settings.metricsPort()
            ? Set.of("/metrics", ApiConfiguration.PATH)
            : Set.of("/metrics");
    return new ServicePort(METRICS_PORT, settings.metricsPort(), paths);
  }

  private static ServletRegistrationBean<FormerPage> page(
      String path, Supplier<FormerPage.Content> content) {
    ServletRegistrationBean<FormerPage> registration =
        new ServletRegistrationBean<>(new FormerPage(content), path);
    registration.setName(path);
    return registration;
  }
}
