// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceParentsTest {

  private static final String NEW = "00-00000000000000010000000000000002-0000000000000003-01";

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, true, a sender's trace goes on",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00, true, unsampled stays unsampled",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01, false, an all-zero trace is none",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01, false, an all-zero span is none",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01, false, the standard is lower case",
    "'x\"; drop', false, anything else is replaced",
    ", false, nothing begins a new one"
  })
  void continues(String header, boolean kept, String because) {
    Iterator<Long> numbers = Arrays.asList(1L, 2L, 3L).iterator();
    assertThat(new TraceParents(numbers::next).continueFrom(header))
        .as(because)
        .isEqualTo(kept ? header : NEW);
  }

  @Test
  void zeroIsNoId() {
    assertThat(new TraceParents(() -> 0).continueFrom(null))
        .isEqualTo("00-00000000000000010000000000000001-0000000000000001-01");
  }
}
