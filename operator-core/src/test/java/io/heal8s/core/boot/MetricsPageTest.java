// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** What a service counts is what Prometheus reads, name for name. */
class MetricsPageTest {

  private static final String TEXT = "text/plain;version=0.0.4";
  private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Service {}

  @TempDir Path folder;
  private ConfigurableApplicationContext context;
  private MeterRegistry meters;

  @BeforeEach
  void start() throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), ServicePortsTest.KUBECONFIG);
    context =
        Heal8sApplication.run(
            Service.class,
            "--server.port=0",
            "--heal8s.management.port=0",
            "--heal8s.kubernetes.kubeconfig=" + kubeconfig);
    meters = context.getBean(MeterRegistry.class);
  }

  @AfterEach
  void stop() {
    context.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"things.created", "things_created", "things.info", "things.bucket", "created"})
  void aCounterKeepsASuffixThatOpenMetricsReserves(String name) throws Exception {
    meters.counter(name).increment();

    String served = name.replace('.', '_') + "_total 1.0";
    assertThat(get(TEXT, "").lines()).contains(served);
    assertThat(get(OPEN_METRICS, "").lines()).contains(served);
  }

  @Test
  void aLabelSaysWhatItSaid() throws Exception {
    String text = "x_created:_total 5 # TYPE x_created: ";
    meters.counter("things.created", "alert", text).increment();

    assertThat(get(TEXT, "").lines())
        .contains("things_created_total{alert=\"" + text + "\"} 1.0")
        .contains("# TYPE things_created_total counter");
    assertThat(get(OPEN_METRICS, "").lines()).contains("# TYPE things_created counter");
  }

  @Test
  void oneCounterMayBeAskedForByItsName() throws Exception {
    meters.counter("things.created").increment();
    meters.counter("others").increment();

    assertThat(get(TEXT, "?includedNames=things_created_total"))
        .contains("things_created_total 1.0")
        .doesNotContain("others_total");
    assertThat(get(TEXT, "?includedNames=others_total")).contains("others_total 1.0");
  }

  @Test
  void whoAsksForABinaryMessageGetsText() throws Exception {
    meters.counter("things.created").increment();

    assertThat(get(PROTOBUF, "").lines()).contains("things_created_total 1.0");
  }

  private String get(String accept, String query) throws Exception {
    int port = context.getBean(ServiceConnectors.class).localPort("heal8s.management.port");
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics" + query);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri).header("Accept", accept).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return response.body();
    }
  }
}
