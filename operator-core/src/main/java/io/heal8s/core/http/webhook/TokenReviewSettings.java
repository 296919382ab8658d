// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link AuthMode#TOKEN_REVIEW}.
 *
 * @param audiences a token must be meant for one of them; default {@code heal8s}, so that a token
 *     that was made for somebody else opens nothing here
 * @param users who may call, such as {@code system:serviceaccount:monitoring:alertmanager}
 * @param cacheTtl for how long a judgement is remembered; default 10 s
 * @param cacheSize how many judgements are remembered; default 1000
 */
public record TokenReviewSettings(
    List<String> audiences, Set<String> users, Duration cacheTtl, Integer cacheSize) {

  /** Fills in the defaults. */
  public TokenReviewSettings(
      @Nullable List<String> audiences,
      @Nullable Set<String> users,
      @Nullable Duration cacheTtl,
      @Nullable Integer cacheSize) {
    this.audiences = audiences == null ? List.of("heal8s") : List.copyOf(audiences);
    this.users = users == null ? Set.of() : Set.copyOf(users);
    this.cacheTtl = cacheTtl == null ? Duration.ofSeconds(10) : cacheTtl;
    this.cacheSize = cacheSize == null ? 1000 : cacheSize;
  }
}
