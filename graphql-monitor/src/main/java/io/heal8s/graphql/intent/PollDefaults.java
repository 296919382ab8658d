// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.intent;

import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for applications that do not say. The definition fills in its own defaults (30 s, 10
 * s, 3), so nobody can tell a default from the same number written by hand: a number that equals
 * the definition's default counts as not said.
 *
 * @param interval from one poll to the next
 * @param timeout of one request
 * @param maxRetries further tries of a failed poll
 */
public record PollDefaults(Duration interval, Duration timeout, int maxRetries) {

  /** The definition's own. */
  public static final PollDefaults OF_DEFINITION =
      new PollDefaults(Duration.ofSeconds(30), Duration.ofSeconds(10), 3);

  /** The interval of that application. */
  public Duration intervalOf(TargetAppSpec spec) {
    return said(spec.pollingInterval(), OF_DEFINITION.interval, interval);
  }

  /** The timeout of that application. */
  public Duration timeoutOf(TargetAppSpec spec) {
    return said(spec.timeout(), OF_DEFINITION.timeout, timeout);
  }

  /** The retries of that application. */
  public int maxRetriesOf(TargetAppSpec spec) {
    Integer said = spec.maxRetries();
    return said == null || said == OF_DEFINITION.maxRetries ? maxRetries : said;
  }

  private static Duration said(@Nullable Integer seconds, Duration definition, Duration ours) {
    return seconds == null || seconds == definition.toSeconds()
        ? ours
        : Duration.ofSeconds(seconds);
  }
}
