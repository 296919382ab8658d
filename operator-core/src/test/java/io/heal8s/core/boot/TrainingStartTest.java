// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

class TrainingStartTest {

  /** Pages that were asked for, by their full names. */
  record Asked(List<String> pages) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Service {

    @Bean
    Asked asked() {
      return new Asked(new CopyOnWriteArrayList<>());
    }

    @Bean
    FilterRegistrationBean<Filter> recorder(Asked asked) {
      Filter filter =
          (request, response, chain) -> {
            asked.pages().add(((HttpServletRequest) request).getRequestURI());
            chain.doFilter(request, response);
          };
      FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
      registration.setDispatcherTypes(DispatcherType.FORWARD);
      return registration;
    }
  }

  @TempDir Path folder;

  @Test
  void asksForWhatProbesAskForAndEnds() throws IOException {
    ConfigurableApplicationContext context = start();
    Asked asked = context.getBean(Asked.class);
    List<Integer> codes = new ArrayList<>();

    new TrainingStart(context.getBean(ServiceConnectors.class), codes::add)
        .onApplicationEvent(
            new ApplicationReadyEvent(
                new SpringApplication(Service.class), new String[0], context, Duration.ZERO));

    assertThat(asked.pages()).contains("/actuator/health/readiness", "/actuator/health/liveness");
    assertThat(codes).containsExactly(0);
    assertThat(context.isActive()).isFalse();
  }

  @Test
  void isNoPartOfAnOrdinaryStart() throws IOException {
    try (ConfigurableApplicationContext context = start()) {
      assertThat(context.getBeansOfType(TrainingStart.class)).isEmpty();
    }
  }

  private ConfigurableApplicationContext start() throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), ServicePortsTest.KUBECONFIG);
    return Heal8sApplication.run(
        Service.class,
        "--server.port=0",
        "--heal8s.management.port=0",
        "--heal8s.kubernetes.kubeconfig=" + kubeconfig);
  }
}
