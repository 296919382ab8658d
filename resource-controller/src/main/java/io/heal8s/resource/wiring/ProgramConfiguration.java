// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.StateStore;
import io.heal8s.resource.plugin.state.Workbench;
import io.heal8s.resource.reconcile.ReconcileEngine;
import io.heal8s.resource.rest.LoopbackStates;
import io.heal8s.resource.rest.StateController;
import io.heal8s.resource.rest.StateFilter;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.JdbcProgramRuns;
import io.heal8s.resource.store.postgres.JdbcSavedPlans;
import io.heal8s.resource.store.postgres.JdbcStateStore;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** What plugins need that run programs with a state of their own. */
@Configuration(proxyBeanMethods = false)
class ProgramConfiguration {

  private static final int PASSWORD_BYTES = 32;

  @Bean
  StateStore stateStore(Database database) {
    return new JdbcStateStore(database);
  }

  @Bean
  OwnAddress ownAddress(Environment environment) {
    return new OwnAddress(environment.getProperty("server.address", ""));
  }

  @Bean
  LoopbackStates loopbackStates(StateStore states, OwnAddress server) {
    SecureRandom random = new SecureRandom();
    return new LoopbackStates(states, server::get, () -> credential(random));
  }

  private static Credential credential(SecureRandom random) {
    byte[] password = new byte[PASSWORD_BYTES];
    random.nextBytes(password);
    return new Credential(UUID.randomUUID().toString(), HexFormat.of().formatHex(password));
  }

  @Bean
  Workbench workbench(LoopbackStates access, Database database) {
    return new Workbench(access, new JdbcSavedPlans(database), new JdbcProgramRuns(database));
  }

  @Bean
  StateController stateController(StateStore states) {
    return new StateController(states);
  }

  @Bean
  FilterRegistrationBean<StateFilter> stateFilter(StateStore states, LoopbackStates readers) {
    FilterRegistrationBean<StateFilter> registration =
        new FilterRegistrationBean<>(new StateFilter(states, readers));
    // Before bodies are read.
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 25);
    return registration;
  }

  /** While the server still answers: what runs beside us has its state there. */
  @Bean
  SmartLifecycle actions(ReconcileEngine engine, PluginCatalog plugins) {
    return new Actions(engine, plugins.actions());
  }
}
