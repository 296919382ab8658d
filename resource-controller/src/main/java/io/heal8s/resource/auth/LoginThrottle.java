// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who guesses passwords: after five failures in a row for an account from an address the
 * next try has to wait half a minute, and after each further one twice as long, five minutes at
 * most. A success, or a quarter of an hour without a try, forgets them.
 */
public final class LoginThrottle {

  private static final int FREE_FAILURES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  /** Each costs about 200 bytes; the one that failed longest ago is forgotten first. */
  private static final int MOST = 10_000;

  private static final int LONGEST_NAME = 64;
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final int IPV6_BYTES = 16;

  private final InstantSource clock;
  private final Map<Key, Failures> failures = new LinkedHashMap<>();

  /**
   * Who tries.
   *
   * @param account a name, which need not be anybody's
   * @param network address of the caller, of IPv6 the first half: one has all of the other half
   */
  record Key(String account, String network) {}

  private record Failures(int count, Instant last) {}

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

  /** How long the next try has to wait; zero for not at all. */
  synchronized Duration pause(Key key) {
    Failures known = known(key);
    if (known == null || known.count() < FREE_FAILURES) {
      return Duration.ZERO;
    }
    int doublings = Math.min(known.count() - FREE_FAILURES, 10);
    Duration whole = FIRST_PAUSE.multipliedBy(1L << doublings);
    Duration bounded = whole.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : whole;
    Duration left = Duration.between(clock.instant(), known.last().plus(bounded));
    return left.isNegative() ? Duration.ZERO : left;
  }

  synchronized void failed(Key key) {
    Failures known = known(key);
    // Anew, so that it is the youngest.
    failures.remove(key);
    failures.put(key, new Failures(known == null ? 1 : known.count() + 1, clock.instant()));
    if (failures.size() > MOST) {
      failures.remove(failures.keySet().iterator().next());
    }
  }

  synchronized void succeeded(Key key) {
    failures.remove(key);
  }

  private @Nullable Failures known(Key key) {
    Failures known = failures.get(key);
    boolean isForgotten =
        known != null && !known.last().plus(FORGOTTEN_AFTER).isAfter(clock.instant());
    if (isForgotten) {
      failures.remove(key);
    }
    return isForgotten ? null : known;
  }
}
