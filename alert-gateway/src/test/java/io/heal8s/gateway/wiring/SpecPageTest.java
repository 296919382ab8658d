// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.gateway.intake.Trouble;
import io.heal8s.gateway.intent.SkipReason;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

/** The page that users read says what the code does. */
class SpecPageTest {

  private final String page = read();

  private static String read() {
    try {
      return Files.readString(Path.of("../docs/spec/alert-gateway.md"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyReasonIsNamed() {
    Stream<String> reasons =
        Stream.concat(
            Arrays.stream(SkipReason.values()).map(Enum::name),
            Arrays.stream(Trouble.values()).map(Enum::name));
    assertThat(reasons.toList()).allSatisfy(r -> assertThat(page).contains("`" + r + "`"));
  }

  @Test
  void everySettingIsNamedWithItsDefault() {
    GatewaySettings defaults =
        new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("heal8s.gateway", GatewaySettings.class);
    assertThat(
            List.of(
                row("metrics-port", defaults.metricsPort()),
                row("max-body", defaults.maxBody()),
                row("max-body-time", defaults.maxBodyTime()),
                row("max-bodies-in-flight", defaults.maxBodiesInFlight()),
                row("timeout", defaults.timeout()),
                row("call-timeout", defaults.callTimeout()),
                row("concurrent-writes", defaults.concurrentWrites()),
                row("writes-per-delivery", defaults.writesPerDelivery())))
        .allSatisfy(row -> assertThat(page).contains(row));
    assertThat(Arrays.stream(GatewaySettings.class.getRecordComponents()).map(SpecPageTest::kebab))
        .allSatisfy(name -> assertThat(page).contains("`" + name));
  }

  @Test
  void wrongSettingsAreNamed() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "metrics-port", "70000",
                "max-body", "1B",
                "max-body-time", "0s",
                "max-bodies-in-flight", "1KB",
                "timeout", "1h",
                "call-timeout", "9s",
                "concurrent-writes", "0",
                "writes-per-delivery", "65",
                "namespaces", "Shop")
            .entrySet()) {
      String name = "heal8s.gateway." + wrong.getKey();
      Binder binder =
          new Binder(new MapConfigurationPropertySource(Map.of(name, wrong.getValue())));
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> binder.bind("heal8s.gateway", GatewaySettings.class)))
          .rootCause()
          .hasMessageStartingWith(name + " must be ");
    }
  }

  private static String row(String name, Object value) {
    String text =
        switch (value) {
          case DataSize size -> size.toMegabytes() + "MB";
          case Duration duration -> duration.toSeconds() + "s";
          default -> value.toString();
        };
    return "| `" + name + "` | `" + text + "` |";
  }

  private static String kebab(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
