// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords: after five failures in a row for an account from an address the
 * next try has to wait half a minute, and after each further one twice as long, five minutes at
 * most. A success, or a quarter of an hour without a try, forgets them.
 *
 * <p>Addresses can be pretended, and names made up. So an account that failed 20 times from
 * anywhere, and a network that failed 30 times with any account, gets one check a second; that
 * locks nobody out. Only a quarter of an hour without a failure forgets these, or whoever has an
 * account could.
 */
public final class LoginThrottle {

  private static final int FREE_FAILURES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  private static final int FREE_OF_ACCOUNT = 20;
  private static final int FREE_OF_NETWORK = 30;
  private static final Duration PACE = Duration.ofSeconds(1);

  /** Each costs about 200 bytes; the one that failed longest ago is forgotten first. */
  private static final int MOST = 10_000;

  private static final int LONGEST_NAME = 64;
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final int IPV6_BYTES = 16;

  private final InstantSource clock;
  private final Map<Key, Failures> pairs = new LinkedHashMap<>();
  private final Map<String, Failures> accounts = new LinkedHashMap<>();
  private final Map<String, Failures> networks = new LinkedHashMap<>();

  /** Tries of each network that have not ended; the threads of the server bound it. */
  private final Map<String, Integer> underWay = new HashMap<>();

  /**
   * Who tries.
   *
   * @param account a name, which need not be anybody's
   * @param network address of the caller, of IPv6 the first half: one has all of the other half
   */
  record Key(String account, String network) {}

  /**
   * What is known of one.
   *
   * @param last when it failed
   * @param begun when a try was last let through by the second
   */
  private record Failures(int count, Instant last, Instant begun) {}

  /** Knows of no failure yet. */
  public LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Who tries.
   *
   * @param address of the caller, as a literal
   */
  static Key key(String account, String address) {
    String name = account.length() > LONGEST_NAME ? account.substring(0, LONGEST_NAME) : account;
    return new Key(name, network(address));
  }

  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == IPV6_BYTES
          ? HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES)
          : address;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /**
   * Begins a try, unless it has to wait.
   *
   * @return how long; zero when it has begun, and then must be {@link #ended}
   */
  synchronized Duration begin(Key key) {
    int waiting = underWay.getOrDefault(key.network(), 0);
    Duration pause =
        longest(
            pause(key),
            longest(
                paced(known(accounts, key.account()), FREE_OF_ACCOUNT, 0),
                paced(known(networks, key.network()), FREE_OF_NETWORK, waiting)));
    if (pause.isPositive()) {
      return pause;
    }
    accounts.computeIfPresent(key.account(), (_, known) -> begun(known));
    networks.computeIfPresent(key.network(), (_, known) -> begun(known));
    underWay.merge(key.network(), 1, Integer::sum);
    return Duration.ZERO;
  }

  /** A try that began is over, whatever became of it. */
  synchronized void ended(Key key) {
    underWay.computeIfPresent(key.network(), (_, tries) -> tries == 1 ? null : tries - 1);
  }

  private Failures begun(Failures known) {
    return new Failures(known.count(), known.last(), clock.instant());
  }

  private Duration paced(@Nullable Failures known, int free, int waiting) {
    int count = known == null ? 0 : known.count();
    if (known != null && count >= free) {
      return until(known.begun().plus(PACE));
    }
    return count + waiting >= free ? PACE : Duration.ZERO;
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Duration until(Instant end) {
    Duration left = Duration.between(clock.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** How long the next try for the account from there has to wait; zero for not at all. */
  synchronized Duration pause(Key key) {
    Failures known = known(pairs, key);
    if (known == null || known.count() < FREE_FAILURES) {
      return Duration.ZERO;
    }
    int doublings = Math.min(known.count() - FREE_FAILURES, 10);
    Duration whole = FIRST_PAUSE.multipliedBy(1L << doublings);
    Duration bounded = whole.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : whole;
    return until(known.last().plus(bounded));
  }

  synchronized void failed(Key key) {
    count(pairs, key);
    count(accounts, key.account());
    count(networks, key.network());
  }

  private <K> void count(Map<K, Failures> failures, K who) {
    Failures known = known(failures, who);
    Instant now = clock.instant();
    // Anew, so that it is the youngest.
    failures.remove(who);
    failures.put(
        who,
        known == null
            ? new Failures(1, now, now)
            : new Failures(known.count() + 1, now, known.begun()));
    if (failures.size() > MOST) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  synchronized void succeeded(Key key) {
    pairs.remove(key);
  }

  private <K> @Nullable Failures known(Map<K, Failures> failures, K who) {
    Failures known = failures.get(who);
    boolean isForgotten =
        known != null && !known.last().plus(FORGOTTEN_AFTER).isAfter(clock.instant());
    if (isForgotten) {
      failures.remove(who);
    }
    return isForgotten ? null : known;
  }
}
