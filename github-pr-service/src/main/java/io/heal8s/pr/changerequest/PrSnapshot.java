// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Snapshot;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.View;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One Remediation and what its forge says.
 *
 * @param remediation as the cache has it
 * @param asked what came of asking
 * @param leading whether this process is the one that acts; a standby only records what it saw
 */
public record PrSnapshot(Remediation remediation, Asked asked, boolean leading)
    implements Snapshot {

  /** A snapshot of the process that acts. */
  public PrSnapshot(Remediation remediation, Asked asked) {
    this(remediation, asked, true);
  }

  /** The same as the process sees it that leads, or does not. */
  public PrSnapshot leading(boolean leads) {
    return new PrSnapshot(remediation, asked, leads);
  }

  /** Whether a forge was asked, and what it said. */
  public sealed interface Asked {

    /** Nothing is wanted of a forge. */
    record NotNeeded() implements Asked {}

    /**
     * It was asked less than a poll interval ago.
     *
     * @param rest until it may be asked again
     */
    record TooSoon(Duration rest) implements Asked {}

    /**
     * The forge's answer to a wish.
     *
     * @param silentSince since when it has given no answer about a pull request that is there, this
     *     time included; null when it answered
     */
    record Answered(Wish wish, Reply<View> answer, @Nullable Instant silentSince) implements Asked {

      /** An answer of a forge that was not silent. */
      public Answered(Wish wish, Reply<View> answer) {
        this(wish, answer, null);
      }
    }
  }
}
