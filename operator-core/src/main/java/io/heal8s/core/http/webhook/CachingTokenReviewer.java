// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heal8s.core.http.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Remembers judgements for a short time and asks about one token once, however many requests carry
 * it at the same moment. Asks about a few tokens at a time only: made-up tokens must not become a
 * load on the API server.
 *
 * <p>Tokens are remembered as digests.
 */
public final class CachingTokenReviewer implements TokenReviewer {
  private static final int MAX_IN_FLIGHT = 8;

  private final TokenReviewer delegate;
  private final Cache<String, CompletableFuture<Review>> judgements;
  private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);

  /**
   * Wraps a reviewer.
   *
   * @param delegate judges
   * @param maxEntries how many judgements are remembered at most
   * @param ttl for how long; the most that a revoked token lives on
   * @param clock measures that time
   */
  public CachingTokenReviewer(
      TokenReviewer delegate, int maxEntries, Duration ttl, InstantSource clock) {
    this.delegate = delegate;
    Instant origin = clock.instant();
    this.judgements =
        Caffeine.newBuilder()
            .maximumSize(maxEntries)
            .expireAfterWrite(ttl)
            .ticker(() -> Duration.between(origin, clock.instant()).toNanos())
            // Evict in the caller: no pool of threads for a few entries.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Review review(Secret token) {
    String key = HexFormat.of().formatHex(Sha256.of(token.revealBytes()));
    CompletableFuture<Review> mine = new CompletableFuture<>();
    // Not the cache's own loading: that holds a lock which other tokens may need as well.
    CompletableFuture<Review> known = judgements.asMap().putIfAbsent(key, mine);
    if (known != null) {
      return known.join();
    }
    Review review = new Unreachable();
    try {
      review = ask(token);
      return review;
    } finally {
      if (review instanceof Unreachable) {
        judgements.asMap().remove(key, mine);
      }
      mine.complete(review);
    }
  }

  private Review ask(Secret token) {
    if (!inFlight.tryAcquire()) {
      return new Unreachable();
    }
    try {
      return delegate.review(token);
    } finally {
      inFlight.release();
    }
  }
}
