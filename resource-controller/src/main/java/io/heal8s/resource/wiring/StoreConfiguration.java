// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.InstanceStore;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.ResourceTypeStore;
import io.heal8s.resource.store.postgres.ConnectionSettings;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.EmbeddedDatabase;
import io.heal8s.resource.store.postgres.EventPublisher;
import io.heal8s.resource.store.postgres.JdbcEventLog;
import io.heal8s.resource.store.postgres.JdbcInstanceStore;
import io.heal8s.resource.store.postgres.JdbcResourceStore;
import io.heal8s.resource.store.postgres.JdbcResourceTypeStore;
import io.heal8s.resource.store.postgres.Wakeups;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The database and the stores in it. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

  private static final Logger log = LoggerFactory.getLogger(StoreConfiguration.class);

  /** Less than the chart's start-up probe allows, so that it is we who say what is wrong. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Bean
  ResourceSettings resourceSettings(Environment environment) {
    return ResourceSettings.read(new Variables(environment::getProperty));
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Present where no own database is configured. */
  @Bean
  EmbeddedServer embeddedServer(ResourceSettings settings) {
    if (settings.database() != null) {
      return new EmbeddedServer(Optional.empty());
    }
    log.info("no DB_HOST: the database is kept in {} (DATA_DIR)", settings.data());
    return new EmbeddedServer(Optional.of(said(() -> EmbeddedDatabase.start(settings.data()))));
  }

  @Bean
  Database database(ResourceSettings settings, EmbeddedServer embedded) {
    ConnectionSettings connection =
        embedded
            .server()
            .map(server -> server.connection(settings.minPool(), settings.maxPool()))
            .orElseGet(() -> Objects.requireNonNull(settings.database()));
    return said(() -> Database.open(connection, PATIENCE));
  }

  /**
   * Of a start that failed only the innermost reason is shown, and this one has it in its words.
   */
  private static <T> T said(Supplier<T> start) {
    try {
      return start.get();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
  }

  @Bean
  Wakeups wakeups(Database database) {
    return new Wakeups(database);
  }

  @Bean
  ResourceTypeStore resourceTypeStore(Database database) {
    return new JdbcResourceTypeStore(database);
  }

  @Bean
  ResourceStore resourceStore(Database database, Wakeups wakeups, Clock clock) {
    return new JdbcResourceStore(database, wakeups, clock);
  }

  @Bean
  InstanceStore instanceStore(Database database) {
    return new JdbcInstanceStore(database);
  }

  @Bean
  EventPublisher eventPublisher(Database database, Wakeups wakeups) {
    return new EventPublisher(database, wakeups);
  }

  @Bean
  EventLog eventLog(Database database, Wakeups wakeups) {
    return new JdbcEventLog(database, wakeups);
  }

  /**
   * The server that comes with the service.
   *
   * @param server empty where it is not used
   */
  record EmbeddedServer(Optional<EmbeddedDatabase> server) implements AutoCloseable {
    @Override
    public void close() {
      server.ifPresent(EmbeddedDatabase::close);
    }
  }
}
