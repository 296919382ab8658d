// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.pr.forge.Forges;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class ForgesTest {

  private static AnnotationConfigApplicationContext started(Map<String, Object> settings) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
    context.register(ForgeConfiguration.class);
    context.refresh();
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"remediationpolicies", "remediations"})
  void theDefinitionsListExactlyTheForgesThatThereAre(String definition) throws IOException {
    List<List<?>> enums = new ArrayList<>();
    Path file = Path.of("..", "charts", "crds", definition + ".yaml");
    try (InputStream in = Files.newInputStream(file)) {
      new Load(LoadSettings.builder().build())
          .loadAllFromInputStream(in)
          .forEach(document -> collect(document, enums));
    }
    assertThat(enums).isNotEmpty();
    try (AnnotationConfigApplicationContext context = started(Map.of())) {
      assertThat(enums)
          .allSatisfy(
              ids ->
                  assertThat(ids)
                      .map(Object::toString)
                      .containsExactlyInAnyOrderElementsOf(context.getBean(Forges.class).ids()));
    }
  }

  /** Every enum of a property named forge. */
  private static void collect(Object node, List<List<?>> enums) {
    if (node instanceof Map<?, ?> map) {
      if (map.get("forge") instanceof Map<?, ?> forge && forge.get("enum") instanceof List<?> ids) {
        enums.add(ids);
      }
      map.values().forEach(value -> collect(value, enums));
    } else if (node instanceof List<?> list) {
      list.forEach(item -> collect(item, enums));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "heal8s.pr.github.api-url,ftp://example.org",
    "heal8s.pr.github.api-url,https://user:password@example.org/api/v3",
    "heal8s.pr.github.allowed-cidrs,everywhere"
  })
  void aWrongSettingEndsTheStartWithItsName(String name, String value) {
    assertThatThrownBy(() -> started(Map.of(name, value)).close())
        .hasStackTraceContaining("heal8s.pr.github");
  }

  @Test
  void anEnterpriseServerIsASetting() {
    Map<String, Object> settings =
        Map.of(
            "heal8s.pr.github.api-url", "https://github.example.org/api/v3",
            "heal8s.pr.github.allowed-cidrs", "10.0.0.0/8,192.168.0.0/16");
    try (AnnotationConfigApplicationContext context = started(settings)) {
      PrSettings.Github read = context.getBean(PrSettings.class).github();
      assertThat(read.apiUrl()).hasToString("https://github.example.org/api/v3");
      assertThat(read.allowedCidrs()).hasSize(2);
    }
  }
}
