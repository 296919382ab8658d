// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

class OneLineReporterTest {

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Service {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--heal8s.kubernetes.timeout=soon | heal8s.kubernetes.timeout | a value of the wrong type",
        "--heal8s.kubernetes.timeout=1ms | heal8s.kubernetes.timeout | a value out of its range",
        "--heal8s.kubernetes.kubeconfig=/no/such | heal8s.kubernetes.kubeconfig | a file that is not there",
        "--heal8s.kubernetes.namespace=My_Space | heal8s.kubernetes.namespace | a name that cannot be",
        "--heal8s.kubernetes.timout=5s | heal8s.kubernetes.timout is no setting; heal8s.kubernetes has kubeconfig, max-concurrent-calls, namespace, timeout | a slip of the pen",
        "--heal8s.kuberntes.timeout=5s | heal8s.kuberntes.timeout is no setting of this service | a slip in the first word",
        "--metrics-bind-adress=:8080 | --metrics-bind-adress is no option | a slip in an option of a first release",
        "-metrics-bind-adress=:8080 | -metrics-bind-adress=:8080 is no option | the same with one dash",
        "--heal8s.management.port=99999 | heal8s.management.port | a port that cannot be",
      })
  void aWrongSettingIsNamedInOneLine(String argument, String name, String because) {
    Throwable failure =
        catchThrowable(
            () ->
                new SpringApplicationBuilder(Service.class)
                    .properties("server.port=0", "logging.level.root=off")
                    .run(argument, "--spring.main.banner-mode=off"));

    assertThat(OneLineReporter.line(failure)).as(because).contains(name).doesNotContain("\n");
  }
}
