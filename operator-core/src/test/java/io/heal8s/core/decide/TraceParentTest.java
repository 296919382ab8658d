// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private static Remediation remediation(String metadata, String spec) {
    return WireJson.GSON.fromJson(
        "{\"metadata\": {%s}, \"spec\": {%s}}".formatted(metadata, spec), Remediation.class);
  }

  @Test
  void theTraceOfWhatAskedGoesOn() {
    assertThat(
            TraceParent.of(
                remediation(
                    "\"uid\": \"0a1b2c3d-0000-4000-8000-000000000001\"",
                    "\"trace\": \"" + PARENT + "\"")))
        .contains(PARENT);
    assertThat(TraceParent.traceId(PARENT)).contains("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void oneThatNobodyTracedHasATraceOfItsOwn() {
    assertThat(TraceParent.of(remediation("\"uid\": \"0a1b2c3d-0000-4000-8000-000000000001\"", "")))
        .contains("00-0a1b2c3d000040008000000000000001-0a1b2c3d00004000-01");
  }

  @Test
  void whatNobodyCanFindHasNone() {
    assertThat(TraceParent.of(remediation("", ""))).isEmpty();
    assertThat(TraceParent.of(remediation("\"uid\": \"uid-of-a\"", ""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
      })
  void isWrittenByAnybodySoItIsChecked(String text) {
    assertThat(TraceParent.isValid(text)).isFalse();
    assertThat(TraceParent.traceId(text)).isEmpty();
  }
}
