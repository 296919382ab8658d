// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.boot.CallerCheck;
import io.heal8s.core.boot.ServiceConnectors;
import io.heal8s.core.boot.ServicePort;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.http.inbound.BodyLimit;
import io.heal8s.core.http.inbound.RefusalListener;
import io.heal8s.core.http.inbound.WebhookFilter;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.graphql.api.AppController;
import io.heal8s.graphql.api.ChangeLog;
import io.heal8s.graphql.api.DateTimeScalar;
import io.heal8s.graphql.api.OneAnswer;
import io.heal8s.graphql.api.QueryGate;
import io.heal8s.graphql.api.QueryLimits;
import io.heal8s.graphql.api.Refusals;
import io.heal8s.graphql.api.RemediationList;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.poll.Fleet;
import io.kubernetes.client.openapi.ApiClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.DefaultExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.webmvc.GraphQlHttpHandler;
import org.springframework.graphql.server.webmvc.GraphQlRequestPredicates;
import org.springframework.graphql.server.webmvc.GraphQlSseHandler;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The GraphQL interface. Put together by hand and not by Spring Boot, so that a monitor without it
 * neither looks for its schema nor makes anything of it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("heal8s.graphql.api.enabled")
@EnableConfigurationProperties(ApiSettings.class)
class ApiConfiguration {

  static final String PATH = "/graphql";

  /** Where the schema can be read as text. */
  static final String SCHEMA = PATH + "/schema";

  static final String PORT = "heal8s.graphql.api.port";

  /** Questions are short; the largest that the cost allows is far below. */
  private static final int MOST_BYTES = 64 * 1024;

  /** Queries at a time, and how long one more may wait. */
  private static final int AT_ONCE = 8;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** A subscription ends by itself before; whoever cannot be told that it does is cut off then. */
  private static final Duration LONGEST_ANSWER =
      ChangeLog.LONGEST_SUBSCRIPTION.plus(Duration.ofMinutes(1));

  /** So soon a subscriber that is gone is noticed, and one that waits knows that it is heard. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

  @Bean
  ChangeLog changeLog(TargetApps apps, ApiSettings settings, LoopEnvironment environment) {
    ChangeLog log =
        new ChangeLog(apps, environment.clock(), settings.history(), environment.executor());
    Gauge.builder("heal8s.graphql.api.subscribers", log, ChangeLog::subscribers)
        .description("Subscriptions to changes")
        .register(environment.meters());
    return log;
  }

  @Bean
  ApiLifecycle apiLifecycle(ChangeLog log) {
    return new ApiLifecycle(log);
  }

  @Bean
  AppController appController(TargetApps apps, Fleet fleet, ChangeLog changes, KubernetesApi api) {
    return new AppController(apps, fleet, changes, new RemediationList(new KubernetesReader(api)));
  }

  @Bean
  AnnotatedControllerConfigurer annotatedControllers() {
    return new AnnotatedControllerConfigurer();
  }

  @Bean
  GraphQlSource graphQlSource(AnnotatedControllerConfigurer controllers, ApiSettings settings) {
    return GraphQlSource.schemaResourceBuilder()
        .schemaResources(schema())
        .configureRuntimeWiring(wiring -> wiring.scalar(DateTimeScalar.type()))
        .configureRuntimeWiring(controllers)
        .instrumentation(List.of(new QueryLimits(settings.maxDepth(), settings.maxCost())))
        .exceptionResolvers(List.of(Refusals.ofQueries()))
        .subscriptionExceptionResolvers(List.of(Refusals.ofSubscriptions()))
        .build();
  }

  @Bean
  RouterFunction<ServerResponse> graphQlRoutes(GraphQlSource source, MeterRegistry meters) {
    WebGraphQlHandler handler =
        WebGraphQlHandler.builder(new DefaultExecutionGraphQlService(source))
            .interceptor(new QueryGate(AT_ONCE, LONGEST_WAIT, refusals(meters)), new OneAnswer())
            .build();
    GraphQlHttpHandler answers = new GraphQlHttpHandler(handler);
    GraphQlSseHandler subscriptions = new GraphQlSseHandler(handler, LONGEST_ANSWER, KEEP_ALIVE);
    return RouterFunctions.route()
        .route(GraphQlRequestPredicates.graphQlHttp(PATH), answers::handleRequest)
        .route(GraphQlRequestPredicates.graphQlSse(PATH), subscriptions::handleRequest)
        .POST(PATH, _ -> ServerResponse.status(HttpStatus.UNSUPPORTED_MEDIA_TYPE).build())
        .GET(
            PATH,
            _ ->
                ServerResponse.status(HttpStatus.METHOD_NOT_ALLOWED)
                    .headers(headers -> headers.setAllow(Set.of(HttpMethod.POST)))
                    .build())
        .GET(SCHEMA, _ -> ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).body(schema()))
        .build();
  }

  private static ClassPathResource schema() {
    return new ClassPathResource("schema.graphqls", AppController.class);
  }

  @Bean
  FilterRegistrationBean<WebhookFilter> graphQlCallers(
      ApiSettings settings, ApiClient client, Clock clock, MeterRegistry meters) {
    FilterRegistrationBean<WebhookFilter> registration =
        new FilterRegistrationBean<>(
            new WebhookFilter(
                CallerCheck.of(ApiSettings.PREFIX + "auth", settings.auth(), client, clock),
                BodyLimit.ofBytes(MOST_BYTES),
                clock,
                refusals(meters)));
    registration.addUrlPatterns(PATH, PATH + "/*");
    return registration;
  }

  private static RefusalListener refusals(MeterRegistry meters) {
    return (_, reason) ->
        meters.counter("heal8s.graphql.api.refused", "reason", reason).increment();
  }

  /** The port of its own, if it has one. */
  @Bean
  ServicePort apiPort(ApiSettings settings, MonitorSettings monitor, Environment environment) {
    if (settings.port() > 0
        && settings.port() == environment.getProperty("server.port", Integer.class, 0)) {
      throw new IllegalArgumentException(
          PORT + " is the port of the health pages, which others may call: choose another one");
    }
    boolean shared = settings.port() == monitor.metricsPort();
    return new ServicePort(PORT, shared ? -1 : settings.port(), Set.of(PATH));
  }

  /** It is on its own port alone: the management port is open to others. */
  @Bean
  FilterRegistrationBean<ApiPortFilter> graphQlPort(
      ApiSettings settings, MonitorSettings monitor, ServiceConnectors connectors) {
    boolean shared = settings.port() == monitor.metricsPort();
    FilterRegistrationBean<ApiPortFilter> registration =
        new FilterRegistrationBean<>(
            new ApiPortFilter(connectors, shared ? PagesConfiguration.METRICS_PORT : PORT));
    registration.addUrlPatterns(PATH, PATH + "/*");
    registration.setOrder(-1);
    return registration;
  }
}
