// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import io.heal8s.core.http.address.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may be called, and how long we wait.
 *
 * @param schemes {@code https}, and {@code http} where it is wanted; default {@code https}
 * @param ports ports that may be called; default 443. Neither applies to an address that comes from
 *     the API server
 * @param allowedCidrs blocks that may be called although they are not public, such as {@code
 *     10.0.0.0/8}; a metadata service only by its exact address; default none
 * @param connectTimeout for the name and the connection; default 5 s
 * @param totalTimeout for everything, the last byte of the answer included; default 30 s
 * @param maxResponseBytes largest answer; default 1 MiB, at most 1 GiB
 * @param maxConnections connections at one time, to all destinations; default 64
 */
public record OutboundSettings(
    Set<String> schemes,
    Set<Integer> ports,
    List<Cidr> allowedCidrs,
    Duration connectTimeout,
    Duration totalTimeout,
    Integer maxResponseBytes,
    Integer maxConnections) {

  /** Fills in the defaults and checks the ranges. */
  public OutboundSettings(
      @Nullable Set<String> schemes,
      @Nullable Set<Integer> ports,
      @Nullable List<Cidr> allowedCidrs,
      @Nullable Duration connectTimeout,
      @Nullable Duration totalTimeout,
      @Nullable Integer maxResponseBytes,
      @Nullable Integer maxConnections) {
    this.schemes = schemes == null ? Set.of("https") : lowerCase(schemes);
    this.ports = ports == null ? Set.of(443) : Set.copyOf(ports);
    this.allowedCidrs = allowedCidrs == null ? List.of() : List.copyOf(allowedCidrs);
    this.connectTimeout = connectTimeout == null ? Duration.ofSeconds(5) : connectTimeout;
    this.totalTimeout = totalTimeout == null ? Duration.ofSeconds(30) : totalTimeout;
    this.maxResponseBytes = maxResponseBytes == null ? 1 << 20 : maxResponseBytes;
    this.maxConnections = maxConnections == null ? 64 : maxConnections;
    require(
        Set.of("http", "https").containsAll(this.schemes),
        "schemes = %s: only http and https can be called".formatted(this.schemes));
    require(
        this.ports.stream().allMatch(port -> port > 0 && port < 65536),
        "ports = %s: a port is a number from 1 to 65535".formatted(this.ports));
    requirePositive(this.connectTimeout, "connect-timeout");
    requirePositive(this.totalTimeout, "total-timeout");
    require(
        this.maxResponseBytes > 0 && this.maxResponseBytes <= 1 << 30,
        "max-response-bytes = %d: must be from 1 to 1 GiB".formatted(this.maxResponseBytes));
    require(
        this.maxConnections > 0,
        "max-connections = %d: must be at least 1".formatted(this.maxConnections));
  }

  /**
   * All defaults.
   *
   * @return settings for public addresses over https
   */
  public static OutboundSettings defaults() {
    return new OutboundSettings(null, null, null, null, null, null, null);
  }

  private static Set<String> lowerCase(Set<String> schemes) {
    return schemes.stream()
        .map(scheme -> scheme.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void requirePositive(Duration value, String setting) {
    require(value.isPositive(), "%s = %s: must be longer than zero".formatted(setting, value));
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
