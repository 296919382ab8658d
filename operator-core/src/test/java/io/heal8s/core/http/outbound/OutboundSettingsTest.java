// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboundSettingsTest {
  @Test
  void defaultsAreTheStrictOnes() {
    assertThat(OutboundSettings.defaults())
        .isEqualTo(
            new OutboundSettings(
                Set.of("https"),
                Set.of(443),
                List.of(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                1_048_576,
                64));
  }

  @Test
  void whatIsOutOfRangeIsNamed() {
    assertNamed(Set.of("ftp"), null, null, null, "schemes = [ftp]");
    assertNamed(null, Set.of(0), null, null, "ports = [0]");
    assertNamed(null, null, Duration.ZERO, null, "total-timeout = PT0S");
    assertNamed(null, null, null, 0, "max-response-bytes = 0");
  }

  private static void assertNamed(
      @Nullable Set<String> schemes,
      @Nullable Set<Integer> ports,
      @Nullable Duration total,
      @Nullable Integer bytes,
      String message) {
    assertThatThrownBy(() -> new OutboundSettings(schemes, ports, null, null, total, bytes, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
