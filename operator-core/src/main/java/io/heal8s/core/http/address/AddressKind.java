// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

/**
 * What an IP address is for, from the point of view of somebody who decides whether to connect to
 * it. The words are those of RFC 6890 and of the IANA special-purpose registries.
 */
public enum AddressKind {
  /** Reachable from everywhere; the only kind that needs no permission. */
  GLOBAL("a public address", true),
  /** RFC 1918, RFC 4193 unique local and the former IPv6 site-local range. */
  PRIVATE("a private address", true),
  /** RFC 6598, carrier-grade NAT; some clusters take their pod addresses from it. */
  SHARED("a carrier-grade NAT address", true),
  /** RFC 2544 and RFC 5180, meant for test beds; some clusters use it inside. */
  BENCHMARK("an address for benchmarks", true),
  /** 240.0.0.0/4, never given out; some clusters take their pod addresses from it. */
  FUTURE_USE("an address kept for future use", true),
  /** The ranges that are meant for books and manuals. */
  DOCUMENTATION("an address for documentation", true),
  /** This machine. */
  LOOPBACK("a loopback address", false),
  /** This network segment. */
  LINK_LOCAL("a link-local address", false),
  /** The service of a cloud that hands out credentials to whoever asks. */
  METADATA("the address of a cloud's metadata service", false),
  /** No address; operating systems take it for this machine. */
  UNSPECIFIED("an unspecified address", false),
  /** A group of receivers. */
  MULTICAST("a multicast address", false),
  /** Everybody on this network segment. */
  BROADCAST("a broadcast address", false),
  /** Everything that no registry gives out for ordinary use, tunnels included. */
  RESERVED("a reserved address", false);

  private final String description;
  private final boolean clusterAddress;

  AddressKind(String description, boolean clusterAddress) {
    this.description = description;
    this.clusterAddress = clusterAddress;
  }

  /**
   * The kind in words that fit into a sentence.
   *
   * @return for example {@code a private address}
   */
  public String description() {
    return description;
  }

  /**
   * Whether a pod or a Service may have such an address, so that it needs no permission when the
   * API server itself named it.
   *
   * @return false for this machine, this network segment, metadata services and what is no host
   */
  public boolean plausibleInCluster() {
    return clusterAddress;
  }
}
