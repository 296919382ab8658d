// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The page that users read says what the code does. */
class SpecPageTest {

  private static final Set<String> OF_THE_FIRST_RELEASE = Set.of("former-webhook-port");

  private final String page;

  SpecPageTest() throws IOException {
    this.page = Files.readString(Path.of("../docs/spec/remediation-operator.md"));
  }

  @Test
  void everySettingIsNamedWithItsDefault() {
    OperatorSettings defaults =
        new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("heal8s.operator", OperatorSettings.class);

    assertThat(defaults.resyncInterval()).isEqualTo(Duration.ofHours(10));
    assertThat(page)
        .contains("| `workers` | `" + defaults.workers() + "` |")
        .contains("| `resync-interval` | `10h` |")
        .contains("| `metrics-port` | `" + defaults.metricsPort() + "` |")
        .contains("| `webhooks.schemes` | `" + one(defaults.webhooks().schemes()) + "` |")
        .contains("| `webhooks.ports` | `" + one(defaults.webhooks().ports()) + "` |");
    names(OperatorSettings.class)
        .forEach(name -> assertThat(page).containsPattern("`" + name + "[`.]"));
    names(WebhookSettings.class)
        .forEach(name -> assertThat(page).contains("`webhooks." + name + "`"));
  }

  private static Object one(Set<?> values) {
    assertThat(values).hasSize(1);
    return values.iterator().next();
  }

  private static List<String> names(Class<?> settings) {
    return Arrays.stream(settings.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
        .filter(name -> !OF_THE_FIRST_RELEASE.contains(name))
        .toList();
  }
}
