// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.intake.Admission;
import io.heal8s.resource.intake.CountedSink;
import io.heal8s.resource.intake.Deliveries;
import io.heal8s.resource.intake.Identities;
import io.heal8s.resource.intake.ResourceIntake;
import io.heal8s.resource.intake.TypeVersions;
import io.heal8s.resource.plugin.PluginHealth;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.Turns;
import io.heal8s.resource.store.postgres.AdvisoryTurns;
import io.heal8s.resource.store.postgres.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The input plugins at work, and how plugins are. */
@Configuration(proxyBeanMethods = false)
class InputConfiguration {

  /** It is no reason to take a process out: the others have the same source. */
  private static final Status DEGRADED = new Status("DEGRADED");

  @Bean
  Turns turns(Database database) {
    return new AdvisoryTurns(database);
  }

  @Bean
  SmartLifecycle inputs(
      PluginCatalog plugins,
      ResourceIntake intake,
      ResourceStore resources,
      TypeVersions versions,
      Admission admission,
      Turns turns,
      MeterRegistry meters) {
    Identities identities = new Identities(resources, versions);
    return new Inputs(
        plugins.inputs(),
        name ->
            new CountedSink(
                name,
                new Deliveries(name, intake, resources, identities, admission, turns),
                meters));
  }

  /** How plugins are. */
  @FunctionalInterface
  interface PluginsHealth extends HealthIndicator {}

  @Bean
  PluginsHealth pluginsHealthIndicator(PluginCatalog plugins) {
    return () -> {
      Map<String, PluginHealth> all = new TreeMap<>();
      plugins.actions().forEach((name, plugin) -> all.put("action " + name, plugin.health()));
      plugins.inputs().forEach((name, plugin) -> all.put("input " + name, plugin.health()));
      boolean well = all.values().stream().allMatch(PluginHealth::healthy);
      Health.Builder health = well ? Health.up() : Health.status(DEGRADED);
      all.forEach((name, each) -> health.withDetail(name, each.message()));
      return health.build();
    };
  }
}
