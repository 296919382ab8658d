// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.dev.suite.RemediationFeed.Sighting;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What may be waited for; nothing is watched here. */
class RemediationFeedTest {

  private final RemediationFeed feed =
      new RemediationFeed(new ApiClient(), "shop", told -> {}, InstantSource.system());

  private void see(int second) {
    RemediationSpec spec = JSON.getGson().fromJson("{}", RemediationSpec.class);
    feed.see(
        new Sighting(Remediation.create(new V1ObjectMeta(), spec), Instant.ofEpochSecond(second)));
  }

  private long await(Predicate<Long> second) throws Exception {
    return feed.await("such", Duration.ZERO, seen -> second.test(seen.at().getEpochSecond()))
        .at()
        .getEpochSecond();
  }

  /** Whoever is slow to look must not miss a step that was passed meanwhile. */
  @Test
  void theFirstThatCountsIsGivenThoughItIsPassedAndNoneFromBeforeTheOneGivenLast()
      throws Exception {
    see(1);
    see(2);
    see(3);
    assertThat(await(second -> true)).isEqualTo(1);
    assertThat(await(second -> second >= 2)).as("it is the third by now").isEqualTo(2);
    assertThat(await(second -> true)).as("the one that was given last may count too").isEqualTo(2);
    assertThatThrownBy(() -> await(second -> second == 1))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("no such within 0 s");
    see(4);
    assertThat(await(second -> second != 2)).isEqualTo(3);
  }
}
