// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.resource.access.IdempotencyStore;
import io.heal8s.resource.access.RoleStore;
import io.heal8s.resource.access.UserStore;
import io.heal8s.resource.access.WebhookStore;
import io.heal8s.resource.admission.Endpoint;
import io.heal8s.resource.admission.PolicyServer;
import io.heal8s.resource.admission.WebhookAdmission;
import io.heal8s.resource.auth.Passwords;
import io.heal8s.resource.intake.Admission;
import io.heal8s.resource.intake.ResourceIntake;
import io.heal8s.resource.intake.SchemaCache;
import io.heal8s.resource.intake.TypeVersions;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.reconcile.ReconcileEngine;
import io.heal8s.resource.rest.AuthController;
import io.heal8s.resource.rest.AuthFilter;
import io.heal8s.resource.rest.BodyFilter;
import io.heal8s.resource.rest.BulkController;
import io.heal8s.resource.rest.ClusterController;
import io.heal8s.resource.rest.DocumentController;
import io.heal8s.resource.rest.ErrorAnswers;
import io.heal8s.resource.rest.EventController;
import io.heal8s.resource.rest.EventStreams;
import io.heal8s.resource.rest.Idempotency;
import io.heal8s.resource.rest.JsonBody;
import io.heal8s.resource.rest.OpenApiDocument;
import io.heal8s.resource.rest.PluginController;
import io.heal8s.resource.rest.ResourceActionController;
import io.heal8s.resource.rest.ResourceController;
import io.heal8s.resource.rest.RoleController;
import io.heal8s.resource.rest.RootController;
import io.heal8s.resource.rest.TypeController;
import io.heal8s.resource.rest.UserController;
import io.heal8s.resource.rest.WebhookController;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.InstanceStore;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.ResourceTypeStore;
import io.heal8s.resource.store.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** The REST interface. */
@Configuration(proxyBeanMethods = false)
class RestConfiguration {

  private static final Logger log = LoggerFactory.getLogger(RestConfiguration.class);
  private static final int PING_SECONDS = 2;

  @Bean
  JsonBody jsonBody(JsonMapper mapper) {
    return new JsonBody(mapper);
  }

  @Bean
  Idempotency idempotency(IdempotencyStore store, JsonMapper mapper) {
    return new Idempotency(store, mapper);
  }

  @Bean
  Admission admission(
      ResourceSettings settings,
      WebhookStore webhooks,
      OutboundHttpClient client,
      JsonMapper mapper) {
    Endpoint endpoint = new Endpoint(client, Executors.newVirtualThreadPerTaskExecutor(), mapper);
    WebhookAdmission asked = new WebhookAdmission(webhooks, endpoint);
    return settings.opaUrl() == null ? asked : new PolicyServer(asked, settings.opaUrl(), endpoint);
  }

  @Bean
  ResourceIntake resourceIntake(
      ResourceStore resources,
      ResourceTypeStore types,
      SchemaCache schemas,
      PluginCatalog plugins,
      Admission admission) {
    return new ResourceIntake(resources, types, schemas, plugins, admission);
  }

  @Bean
  SchemaCache schemaCache() {
    return new SchemaCache();
  }

  @Bean
  TypeVersions typeVersions(ResourceTypeStore types, SchemaCache schemas) {
    return new TypeVersions(types, schemas);
  }

  @Bean
  RootController rootController(Database database) {
    return new RootController(() -> answers(database));
  }

  @Bean
  ClusterController clusterController(
      InstanceStore instances, ReconcileEngine engine, Clock clock) {
    return new ClusterController(instances, engine::instance, clock);
  }

  private static boolean answers(Database database) {
    try (Connection connection = database.pool().getConnection()) {
      return connection.isValid(PING_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  @Bean
  HealthIndicator databaseHealthIndicator(Database database) {
    return () -> answers(database) ? Health.up().build() : Health.down().build();
  }

  @Bean
  ResourceController resourceController(
      ResourceStore resources,
      ResourceIntake intake,
      TypeVersions versions,
      EventLog events,
      JsonBody bodies,
      Idempotency idempotency) {
    return new ResourceController(resources, intake, versions, events, bodies, idempotency);
  }

  @Bean
  ResourceActionController resourceActionController(
      ResourceStore resources, Admission admission, JsonBody bodies) {
    return new ResourceActionController(resources, admission, bodies);
  }

  @Bean
  BulkController bulkController(ResourceIntake intake, JsonBody bodies, Idempotency idempotency) {
    return new BulkController(intake, bodies, idempotency);
  }

  @Bean
  TypeController typeController(
      ResourceTypeStore types,
      ResourceStore resources,
      TypeVersions versions,
      JsonBody bodies,
      Idempotency idempotency) {
    return new TypeController(types, resources, versions, bodies, idempotency);
  }

  @Bean
  PluginController pluginController(PluginCatalog plugins) {
    return new PluginController(plugins);
  }

  @Bean
  EventStreams eventStreams(EventLog events, AccessConfiguration.Entrance entrance) {
    return new EventStreams(events, entrance.authentication());
  }

  /** Streams would hold the server's graceful shutdown to its end, so they end before it. */
  @Bean
  SmartLifecycle eventStreamsLifecycle(EventStreams streams) {
    return new EndOfStreams(streams);
  }

  @Bean
  EventController eventController(EventLog events, EventStreams streams, ResourceStore resources) {
    return new EventController(events, streams, resources);
  }

  @Bean
  AuthController authController(
      AccessConfiguration.Entrance entrance, UserStore users, JsonBody bodies) {
    return new AuthController(entrance.logins().orElse(null), users, bodies);
  }

  @Bean
  UserController userController(
      UserStore users,
      RoleStore roles,
      Passwords passwords,
      AccessConfiguration.Directories directories,
      JsonBody bodies) {
    return new UserController(users, roles, passwords, directories.sync().orElse(null), bodies);
  }

  @Bean
  RoleController roleController(RoleStore roles, JsonBody bodies) {
    return new RoleController(roles, bodies);
  }

  @Bean
  WebhookController webhookController(WebhookStore webhooks, JsonBody bodies) {
    return new WebhookController(webhooks, bodies);
  }

  @Bean
  DocumentController documentController(ObjectProvider<RequestMappingHandlerMapping> mappings) {
    // Asked for when a page is read: while controllers are made there is no mapping yet.
    return new DocumentController(
        new OpenApiDocument(),
        () ->
            mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a)));
  }

  /** Where it is to be found, for whoever started it by hand. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> address() {
    return ready ->
        log.info(
            "The REST interface is on port {}; /docs is a page to try it",
            ready.getApplicationContext().getEnvironment().getProperty("local.server.port"));
  }

  @Bean
  ErrorAnswers errorAnswers() {
    return new ErrorAnswers();
  }

  /** Comes after the server's own report of errors, so it is the first to write. */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> serverRefusals() {
    return factory ->
        factory.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new RefusalValve()));
  }

  @Bean
  FilterRegistrationBean<AuthFilter> authFilter(AccessConfiguration.Entrance entrance) {
    FilterRegistrationBean<AuthFilter> registration =
        new FilterRegistrationBean<>(new AuthFilter(entrance.authentication()));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    return registration;
  }

  @Bean
  FilterRegistrationBean<BodyFilter> bodyFilter(ResourceSettings settings, Clock clock) {
    FilterRegistrationBean<BodyFilter> registration =
        new FilterRegistrationBean<>(new BodyFilter(settings.maxBody(), clock));
    // After the caller is known: of nobody else a large body is read.
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 30);
    return registration;
  }

  /** Before authentication: a browser asks without it whether it may ask. */
  @Bean
  FilterRegistrationBean<CorsFilter> corsFilter(ResourceSettings settings) {
    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
    CorsConfiguration cors = new CorsConfiguration();
    cors.setAllowedOriginPatterns(settings.corsOrigins());
    cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
    cors.setAllowedHeaders(
        List.of("Authorization", "Content-Type", "If-Match", "Idempotency-Key", "Last-Event-ID"));
    cors.setExposedHeaders(
        List.of(
            "ETag",
            "Idempotent-Replayed",
            "Link",
            "Location",
            "Retry-After",
            "X-Event-Id",
            "X-Next-Cursor",
            "X-Total-Count"));
    source.registerCorsConfiguration("/**", cors);
    FilterRegistrationBean<CorsFilter> registration =
        new FilterRegistrationBean<>(new CorsFilter(source));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    registration.setEnabled(!settings.corsOrigins().isEmpty());
    return registration;
  }
}
