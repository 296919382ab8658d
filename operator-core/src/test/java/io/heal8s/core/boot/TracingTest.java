// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.runtime.Tracing;
import io.heal8s.core.runtime.Tracing.Work;
import io.heal8s.test.trace.OtlpReceiver;
import io.heal8s.test.trace.OtlpReceiver.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

class TracingTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Service {}

  @TempDir Path folder = Path.of("");

  private ConfigurableApplicationContext start(String... more) throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), ServicePortsTest.KUBECONFIG);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.application.name=traced",
                "--server.port=0",
                "--heal8s.management.port=0",
                "--heal8s.kubernetes.kubeconfig=" + kubeconfig));
    arguments.addAll(List.of(more));
    return Heal8sApplication.run(Service.class, arguments.toArray(String[]::new));
  }

  private static String endpoint(OtlpReceiver receiver) {
    return "--" + TracingOnDemand.ENDPOINT + "=" + receiver.endpoint();
  }

  @Test
  void workGoesOnWhereItsParentLeftOff() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver()) {
      String handedOn;
      try (ConfigurableApplicationContext service = start(endpoint(receiver))) {
        Tracing tracing = service.getBean(Tracing.class);
        handedOn =
            tracing.trace(
                new Work(PARENT, "first", Map.of("heal8s.remediation", "shop/a")),
                active -> {
                  assertThat(MDC.get(Tracing.TRACE_ID)).as("in log lines").isEqualTo(TRACE);
                  return String.valueOf(active.traceparent());
                });
        tracing.trace(new Work(handedOn, "second", Map.of()), active -> "");
        assertThatThrownBy(
                () ->
                    tracing.trace(
                        new Work(null, "third", Map.of()),
                        active -> {
                          throw new IllegalStateException("broken");
                        }))
            .hasMessage("broken");
      }

      // What was not sent yet is sent when the process ends.
      assertThat(receiver.spans()).extracting(Span::service).containsOnly("traced");
      Span first = span(receiver, "first");
      assertThat(first.traceId()).isEqualTo(TRACE);
      assertThat(first.parentId()).isEqualTo("00f067aa0ba902b7");
      assertThat(handedOn).isEqualTo("00-" + TRACE + "-" + first.spanId() + "-01");
      assertThat(span(receiver, "second").parentId()).isEqualTo(first.spanId());
      assertThat(span(receiver, "third").traceId()).isNotEqualTo(TRACE);
    }
  }

  private static Span span(OtlpReceiver receiver, String name) {
    return receiver.spans().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void nothingOfATracerIsThereUnlessSomebodyTakesTraces() throws IOException {
    try (ConfigurableApplicationContext service = start()) {
      Tracing tracing = service.getBean(Tracing.class);

      assertThat(service.getBeanDefinitionNames())
          .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("opentelemetry"))
          .doesNotContain("micrometerTracer", "tracing");
      String handedOn =
          tracing.trace(
              new Work(PARENT, "first", Map.of()),
              active -> {
                assertThat(MDC.get(Tracing.TRACE_ID)).as("in log lines").isEqualTo(TRACE);
                return String.valueOf(active.traceparent());
              });
      assertThat(handedOn).as("the trace goes on through us").isEqualTo(PARENT);
      assertThat(MDC.get(Tracing.TRACE_ID)).isNull();
    }
  }

  @Test
  void anEmptyEndpointIsNone() throws IOException {
    try (ConfigurableApplicationContext service = start("--" + TracingOnDemand.ENDPOINT + "=")) {
      assertThat(service.getBeansOfType(Tracing.class)).containsOnlyKeys("noTracing");
    }
  }
}
