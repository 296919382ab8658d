// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import jakarta.servlet.DispatcherType;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Opens every {@link ServicePort} on the one server and says which paths each serves. */
@AutoConfiguration
@EnableConfigurationProperties(ManagementSettings.class)
public class ServicePortsAutoConfiguration {

  static final String MANAGEMENT = "heal8s.management.port";

  /** Here because every service has these settings. */
  @Bean
  static SettingNames settingNames(ConfigurableEnvironment environment) {
    return new SettingNames(environment);
  }

  @Bean
  ServicePort managementPort(ManagementSettings settings) {
    return new ServicePort(
        MANAGEMENT, settings.port(), Set.of("/actuator", "/healthz", "/readyz", "/metrics"));
  }

  @Bean
  PortGuard portGuard(ObjectProvider<ServicePort> ports, ObjectProvider<OwnPage> pages) {
    return new PortGuard(
        ports.stream().filter(port -> port.port() >= 0).toList(),
        pages.stream().map(OwnPage::path).collect(Collectors.toSet()));
  }

  @Bean
  FilterRegistrationBean<PortGuard> portGuardFilter(PortGuard guard) {
    FilterRegistrationBean<PortGuard> registration = new FilterRegistrationBean<>(guard);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }

  @Bean
  ServiceConnectors serviceConnectors(ObjectProvider<ServicePort> ports, Environment environment) {
    return new ServiceConnectors(ports.stream().toList(), mainPort(environment));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> servicePorts(
      ServiceConnectors connectors) {
    return factory -> connectors.all().forEach(factory::addAdditionalConnectors);
  }

  @Bean
  ApplicationListener<ServletWebServerInitializedEvent> boundPorts(
      PortGuard guard, ServiceConnectors connectors) {
    return event -> guard.bound(connectors.byLocalPort(event.getWebServer().getPort()));
  }

  @Bean
  @ConditionalOnBooleanProperty(TrainingStart.SETTING)
  TrainingStart trainingStart(ServiceConnectors connectors) {
    return new TrainingStart(connectors, System::exit);
  }

  private static int mainPort(Environment environment) {
    return environment.getProperty("server.port", Integer.class, 8080);
  }
}
