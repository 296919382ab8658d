// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PullRequestReasonTest {

  @ParameterizedTest
  @EnumSource
  void everyReasonIsExactlyOneOfStateWaitAndStall(PullRequestReason reason) {
    assertThat(Stream.of(reason.isState(), reason.passes(), reason.stalls()).filter(is -> is))
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonIsFoundByItsName(PullRequestReason reason) {
    assertThat(PullRequestReason.of(reason.name())).contains(reason);
    assertThat(reason.name()).as("part of the API").matches("[A-Z][A-Za-z0-9]*");
  }

  @Test
  void aWordOfAnotherVersionIsNone() {
    assertThat(PullRequestReason.of("ForgeOnHoliday")).isEmpty();
  }
}
