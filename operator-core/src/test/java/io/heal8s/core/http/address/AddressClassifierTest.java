// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AddressClassifierTest {
  record Case(String address, AddressKind expected, String because) {
    @Override
    public String toString() {
      return address + " is " + expected + " because " + because;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("8.8.8.8", AddressKind.GLOBAL, "it is an ordinary public address"),
        new Case("1.0.0.0", AddressKind.GLOBAL, "0.0.0.0/8 ends before it"),
        new Case("0.0.0.0", AddressKind.UNSPECIFIED, "Linux connects it to this machine"),
        new Case("0.1.2.3", AddressKind.UNSPECIFIED, "the whole of 0.0.0.0/8 means this network"),
        new Case("9.255.255.255", AddressKind.GLOBAL, "10.0.0.0/8 begins after it"),
        new Case("10.0.0.0", AddressKind.PRIVATE, "RFC 1918"),
        new Case("10.255.255.255", AddressKind.PRIVATE, "RFC 1918, last address"),
        new Case("11.0.0.0", AddressKind.GLOBAL, "10.0.0.0/8 ends before it"),
        new Case("100.63.255.255", AddressKind.GLOBAL, "the CGNAT block begins after it"),
        new Case("100.64.0.1", AddressKind.SHARED, "RFC 6598"),
        new Case("100.127.255.255", AddressKind.SHARED, "RFC 6598, last address"),
        new Case("100.128.0.0", AddressKind.GLOBAL, "the CGNAT block ends before it"),
        new Case("100.100.100.200", AddressKind.METADATA, "Alibaba's metadata is inside CGNAT"),
        new Case("127.0.0.1", AddressKind.LOOPBACK, "RFC 1122"),
        new Case("127.255.255.254", AddressKind.LOOPBACK, "the whole of 127.0.0.0/8 is loopback"),
        new Case("128.0.0.1", AddressKind.GLOBAL, "127.0.0.0/8 ends before it"),
        new Case("168.63.129.16", AddressKind.METADATA, "Azure hides it among public addresses"),
        new Case("169.254.0.1", AddressKind.LINK_LOCAL, "RFC 3927"),
        new Case("169.254.169.254", AddressKind.METADATA, "it hands out credentials"),
        new Case("169.254.170.2", AddressKind.METADATA, "AWS container credentials"),
        new Case("172.15.255.255", AddressKind.GLOBAL, "172.16.0.0/12 begins after it"),
        new Case("172.16.0.1", AddressKind.PRIVATE, "RFC 1918"),
        new Case("172.31.255.255", AddressKind.PRIVATE, "RFC 1918, last address"),
        new Case("172.32.0.0", AddressKind.GLOBAL, "172.16.0.0/12 ends before it"),
        new Case("192.0.0.8", AddressKind.RESERVED, "IETF protocol assignments"),
        new Case("192.0.0.192", AddressKind.METADATA, "Oracle's metadata service"),
        new Case("192.0.2.1", AddressKind.DOCUMENTATION, "TEST-NET-1"),
        new Case("192.88.99.1", AddressKind.RESERVED, "former 6to4 relay"),
        new Case("192.168.255.255", AddressKind.PRIVATE, "RFC 1918, last address"),
        new Case("198.19.255.255", AddressKind.BENCHMARK, "RFC 2544, last address"),
        new Case("198.51.100.7", AddressKind.DOCUMENTATION, "TEST-NET-2"),
        new Case("203.0.113.7", AddressKind.DOCUMENTATION, "TEST-NET-3"),
        new Case("224.0.0.1", AddressKind.MULTICAST, "RFC 1112"),
        new Case("240.0.0.1", AddressKind.FUTURE_USE, "former class E"),
        new Case("255.255.255.255", AddressKind.BROADCAST, "everybody on this segment"),
        new Case("[::]", AddressKind.UNSPECIFIED, "no address"),
        new Case("[::1]", AddressKind.LOOPBACK, "RFC 4291"),
        new Case("[2606:4700::1111]", AddressKind.GLOBAL, "it is an ordinary public address"),
        new Case("[::ffff:127.0.0.1]", AddressKind.LOOPBACK, "IPv4-mapped is that IPv4 address"),
        new Case("[::ffff:a9fe:a9fe]", AddressKind.METADATA, "IPv4-mapped, written in hex"),
        new Case("[::ffff:8.8.8.8]", AddressKind.GLOBAL, "IPv4-mapped is that IPv4 address"),
        new Case("[::7f00:1]", AddressKind.LOOPBACK, "IPv4-compatible carries 127.0.0.1"),
        new Case("[::808:808]", AddressKind.RESERVED, "nobody routes IPv4-compatible addresses"),
        new Case("[::ffff:0:10.0.0.1]", AddressKind.PRIVATE, "IPv4-translated carries 10.0.0.1"),
        new Case("[64:ff9b::a9fe:a9fe]", AddressKind.METADATA, "NAT64 leads to 169.254.169.254"),
        new Case("[64:ff9b::808:808]", AddressKind.GLOBAL, "NAT64 leads to 8.8.8.8"),
        new Case("[64:ff9b:1::1]", AddressKind.RESERVED, "NAT64 for local use"),
        new Case("[2002:7f00:1::]", AddressKind.LOOPBACK, "6to4 leads to 127.0.0.1"),
        new Case("[2002:c0a8:1::1]", AddressKind.PRIVATE, "6to4 leads to 192.168.0.1"),
        new Case("[2002:808:808::1]", AddressKind.GLOBAL, "6to4 leads to 8.8.8.8"),
        new Case("[2001::1]", AddressKind.RESERVED, "Teredo hides an IPv4 address"),
        new Case("[2001:2::1]", AddressKind.BENCHMARK, "RFC 5180"),
        new Case("[2001:db8::1]", AddressKind.DOCUMENTATION, "RFC 3849"),
        new Case("[2001:200::1]", AddressKind.GLOBAL, "2001::/23 ends before it"),
        new Case("[3fff::1]", AddressKind.DOCUMENTATION, "RFC 9637"),
        new Case("[100::1]", AddressKind.RESERVED, "discard-only, RFC 6666"),
        new Case("[5f00::1]", AddressKind.RESERVED, "segment routing, RFC 9602"),
        new Case("[fd00::1]", AddressKind.PRIVATE, "RFC 4193"),
        new Case("[fd00:ec2::254]", AddressKind.METADATA, "AWS metadata over IPv6"),
        new Case("[fd20:ce::254]", AddressKind.METADATA, "Google metadata over IPv6"),
        new Case("[fe80::1]", AddressKind.LINK_LOCAL, "RFC 4291"),
        new Case("[fec0::1]", AddressKind.PRIVATE, "site-local, deprecated, still routed inside"),
        new Case("[ff02::1]", AddressKind.MULTICAST, "RFC 4291"),
        new Case("[4000::1]", AddressKind.RESERVED, "only 2000::/3 is given out"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void classifies(Case c) {
    assertThat(HostName.parse(c.address()))
        .isInstanceOfSatisfying(
            HostName.Literal.class,
            literal ->
                assertThat(AddressClassifier.classify(literal.address()))
                    .as(c.because())
                    .isEqualTo(c.expected()));
  }

  record Carried(String address, String expected) {}

  static Stream<Carried> carried() {
    return Stream.of(
        new Carried("[64:ff9b::a00:1]", "10.0.0.1"),
        new Carried("[2002:a00:1::]", "10.0.0.1"),
        new Carried("[::a00:1]", "10.0.0.1"),
        new Carried("[::ffff:0:a00:1]", "10.0.0.1"));
  }

  @ParameterizedTest
  @MethodSource("carried")
  void findsTheAddressInside(Carried c) throws Exception {
    assertThat(HostName.parse(c.address()))
        .isInstanceOfSatisfying(
            HostName.Literal.class,
            literal ->
                assertThat(AddressClassifier.embedded(literal.address()))
                    .contains(InetAddress.ofLiteral(c.expected())));
  }
}
