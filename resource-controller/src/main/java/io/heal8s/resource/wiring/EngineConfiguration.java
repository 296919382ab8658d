// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.reconcile.EngineSettings;
import io.heal8s.resource.reconcile.ReconcileEngine;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.JdbcWorkStore;
import io.heal8s.resource.store.postgres.Wakeups;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The reconcile loop. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  /** Randomness for jitter, not for secrets. */
  private static final String JITTER = "Random";

  @Bean
  EngineSettings engineSettings(Environment environment) {
    return EngineVariables.read(new Variables(environment::getProperty));
  }

  @Bean
  ReconcileEngine reconcileEngine(
      Database database,
      Wakeups wakeups,
      PluginCatalog plugins,
      EngineSettings settings,
      MeterRegistry meters,
      Clock clock) {
    return new ReconcileEngine(
        new JdbcWorkStore(database, wakeups, clock, hostname()),
        plugins,
        settings,
        meters,
        clock,
        UUID::randomUUID,
        RandomGenerator.of(JITTER));
  }

  /** For the liveness: a loop that an error ended is begun again by a new process only. */
  @Bean
  HealthIndicator reconcileHealthIndicator(ReconcileEngine engine) {
    return () -> engine.isWorking() ? Health.up().build() : Health.down().build();
  }

  @Bean(destroyMethod = "end")
  Wakeups.Registration reconcileWake(Wakeups wakeups, ReconcileEngine engine) {
    return wakeups.on(Wakeups.Topic.WORK, engine::wake);
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
