// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Says what kind of address an IP address is.
 *
 * <p>Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its
 * successors), and the manuals of the clouds for their metadata services. IPv6 is judged the other
 * way round than IPv4: only 2000::/3 is given out, so that whatever lies outside it and has no row
 * here is {@link AddressKind#RESERVED}.
 */
public final class AddressClassifier {
  private record Range(Cidr block, AddressKind kind) {
    static Range of(String block, AddressKind kind) {
      return new Range(Cidr.valueOf(block), kind);
    }
  }

  /** Looked at in this order, so that the exact address stands before the block that holds it. */
  private static final List<Range> RANGES =
      List.of(
          Range.of("169.254.169.254", AddressKind.METADATA), // AWS, Azure, Google, OpenStack, ...
          Range.of("169.254.170.2", AddressKind.METADATA), // AWS container credentials
          Range.of("169.254.170.23", AddressKind.METADATA), // AWS pod identity
          Range.of("168.63.129.16", AddressKind.METADATA), // Azure WireServer: public range
          Range.of("100.100.100.200", AddressKind.METADATA), // Alibaba
          Range.of("192.0.0.192", AddressKind.METADATA), // Oracle
          Range.of("fd00:ec2::254", AddressKind.METADATA), // AWS
          Range.of("fd00:ec2::23", AddressKind.METADATA), // AWS pod identity
          Range.of("fd20:ce::254", AddressKind.METADATA), // Google
          Range.of("0.0.0.0/8", AddressKind.UNSPECIFIED),
          Range.of("10.0.0.0/8", AddressKind.PRIVATE),
          Range.of("100.64.0.0/10", AddressKind.SHARED),
          Range.of("127.0.0.0/8", AddressKind.LOOPBACK),
          Range.of("169.254.0.0/16", AddressKind.LINK_LOCAL),
          Range.of("172.16.0.0/12", AddressKind.PRIVATE),
          Range.of("192.0.0.0/24", AddressKind.RESERVED),
          Range.of("192.0.2.0/24", AddressKind.DOCUMENTATION),
          Range.of("192.88.99.0/24", AddressKind.RESERVED), // former 6to4 relays
          Range.of("192.168.0.0/16", AddressKind.PRIVATE),
          Range.of("198.18.0.0/15", AddressKind.BENCHMARK),
          Range.of("198.51.100.0/24", AddressKind.DOCUMENTATION),
          Range.of("203.0.113.0/24", AddressKind.DOCUMENTATION),
          Range.of("224.0.0.0/4", AddressKind.MULTICAST),
          Range.of("255.255.255.255", AddressKind.BROADCAST),
          Range.of("240.0.0.0/4", AddressKind.FUTURE_USE),
          Range.of("0.0.0.0/0", AddressKind.GLOBAL),
          Range.of("::", AddressKind.UNSPECIFIED),
          Range.of("::1", AddressKind.LOOPBACK),
          Range.of("fc00::/7", AddressKind.PRIVATE),
          Range.of("fe80::/10", AddressKind.LINK_LOCAL),
          Range.of("fec0::/10", AddressKind.PRIVATE),
          Range.of("ff00::/8", AddressKind.MULTICAST),
          Range.of("2001:2::/48", AddressKind.BENCHMARK),
          Range.of("2001:db8::/32", AddressKind.DOCUMENTATION),
          Range.of("3fff::/20", AddressKind.DOCUMENTATION),
          Range.of("2001::/23", AddressKind.RESERVED), // protocol assignments, Teredo among them
          Range.of("2000::/3", AddressKind.GLOBAL),
          Range.of("::/0", AddressKind.RESERVED));

  /** IPv6 blocks whose addresses are translated to an IPv4 address on the way. */
  private record Embedding(Cidr block, int offset, AddressKind whenGlobal) {
    static Embedding of(String block, int offset, AddressKind whenGlobal) {
      return new Embedding(Cidr.valueOf(block), offset, whenGlobal);
    }
  }

  private static final List<Embedding> EMBEDDINGS =
      List.of(
          Embedding.of("64:ff9b::/96", 12, AddressKind.GLOBAL), // NAT64, RFC 6052
          Embedding.of("2002::/16", 2, AddressKind.GLOBAL), // 6to4, RFC 3056
          Embedding.of("::ffff:0:0:0/96", 12, AddressKind.RESERVED), // IPv4-translated, RFC 2765
          Embedding.of("::/96", 12, AddressKind.RESERVED)); // IPv4-compatible, RFC 4291

  private AddressClassifier() {}

  /**
   * Classifies an address. An IPv6 address that carries an IPv4 address is at most as good as that
   * one.
   *
   * @param address any address; its host name is not looked at
   * @return its kind
   */
  public static AddressKind classify(InetAddress address) {
    AddressKind own =
        RANGES.stream()
            .filter(range -> range.block().contains(address))
            .findFirst()
            .map(Range::kind)
            .orElse(AddressKind.RESERVED);
    if (own == AddressKind.UNSPECIFIED || own == AddressKind.LOOPBACK) {
      return own;
    }
    return EMBEDDINGS.stream()
        .filter(embedding -> embedding.block().contains(address))
        .findFirst()
        .map(embedding -> viaEmbedded(embedding, address))
        .orElse(own);
  }

  /**
   * The IPv4 address that an IPv6 address carries (NAT64, 6to4, IPv4-translated, IPv4-compatible).
   *
   * @param address any address
   * @return empty if it carries none
   */
  public static Optional<InetAddress> embedded(InetAddress address) {
    return EMBEDDINGS.stream()
        .filter(embedding -> embedding.block().contains(address))
        .findFirst()
        .map(embedding -> extract(address, embedding.offset()));
  }

  private static AddressKind viaEmbedded(Embedding embedding, InetAddress address) {
    AddressKind inner = classify(extract(address, embedding.offset()));
    return inner == AddressKind.GLOBAL ? embedding.whenGlobal() : inner;
  }

  private static InetAddress extract(InetAddress address, int offset) {
    if (address instanceof Inet4Address) {
      return address;
    }
    return Addresses.of(Arrays.copyOfRange(address.getAddress(), offset, offset + 4));
  }
}
