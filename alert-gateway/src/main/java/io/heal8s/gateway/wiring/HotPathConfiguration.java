// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Takes Spring MVC's filters off the way of a delivery. They serve controllers, of which the
 * gateway has none, and together cost as much as reading the body and deciding.
 */
@Configuration(proxyBeanMethods = false)
class HotPathConfiguration {

  @Bean
  FilterRegistrationBean<RequestContextFilter> noRequestContext() {
    return off(new RequestContextFilter());
  }

  /** The gateway times its webhooks itself, by endpoint and code. */
  @Bean
  FilterRegistrationBean<ServerHttpObservationFilter> noObservation() {
    return off(new ServerHttpObservationFilter(ObservationRegistry.NOOP));
  }

  private static <T extends Filter> FilterRegistrationBean<T> off(T filter) {
    FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
    registration.setEnabled(false);
    return registration;
  }
}
