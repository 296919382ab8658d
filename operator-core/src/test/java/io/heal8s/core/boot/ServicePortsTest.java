// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

class ServicePortsTest {

  static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: none, user: {token: none}}]
      contexts: [{name: none, context: {cluster: none, user: none}}]
      current-context: none
      """;

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Service {

    @Bean
    ServicePort second() {
      return new ServicePort("test.second-port", 0, Set.of("/hook"));
    }

    @Bean
    RouterFunction<ServerResponse> pages() {
      return RouterFunctions.route()
          .GET("/hook", request -> ServerResponse.ok().body("hook"))
          .GET("/own", request -> ServerResponse.ok().body("own"))
          .build();
    }
  }

  @TempDir Path folder;
  private ConfigurableApplicationContext context;

  @BeforeEach
  void start() throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG);
    context =
        Heal8sApplication.run(
            Service.class,
            "--server.port=0",
            "--heal8s.management.port=0",
            "--heal8s.kubernetes.kubeconfig=" + kubeconfig);
  }

  @AfterEach
  void stop() {
    context.close();
  }

  @Test
  void managementPagesAreOnTheirOwnPortUnderBothNames() throws Exception {
    int port = port("heal8s.management.port");

    assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
    assertThat(get(port, "/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(get(port, "/readyz").statusCode()).isEqualTo(200);
    assertThat(get(port, "/metrics").body()).contains("jvm_memory_used_bytes");
    assertThat(get(port, "/actuator/prometheus").statusCode()).isEqualTo(200);
  }

  @Test
  void managementPagesAreNotOnAnyOtherPort() throws Exception {
    for (int port : new int[] {mainPort(), port("test.second-port")}) {
      assertThat(get(port, "/actuator/health").statusCode()).isEqualTo(404);
      assertThat(get(port, "/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aSecondPortServesItsPathsOnly() throws Exception {
    int second = port("test.second-port");

    assertThat(get(second, "/hook").body()).isEqualTo("hook");
    assertThat(get(second, "/own").statusCode()).isEqualTo(404);
    assertThat(get(mainPort(), "/hook").body())
        .as("what is on a second port is on the main one too")
        .isEqualTo("hook");
    assertThat(get(mainPort(), "/own").body()).isEqualTo("own");
    assertThat(get(port("heal8s.management.port"), "/own").statusCode()).isEqualTo(404);
  }

  private int mainPort() {
    return Objects.requireNonNull(((ServletWebServerApplicationContext) context).getWebServer())
        .getPort();
  }

  private int port(String name) {
    return context.getBean(ServiceConnectors.class).localPort(name);
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
