// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.address.AddressPolicy.Source;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AddressPolicyTest {
  record Case(String address, List<String> listed, Source source, boolean allowed, String because) {
    @Override
    public String toString() {
      return address + " named by " + source + " beside " + listed + ": " + because;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("8.8.8.8", List.of(), Source.ANYONE, true, "public"),
        new Case("10.1.2.3", List.of(), Source.ANYONE, false, "private and not listed"),
        new Case("10.1.2.3", List.of("10.0.0.0/8"), Source.ANYONE, true, "listed"),
        new Case("10.1.2.3", List.of("10.2.0.0/16"), Source.ANYONE, false, "another block"),
        new Case("127.0.0.1", List.of("127.0.0.1"), Source.ANYONE, true, "listed by itself"),
        new Case(
            "169.254.169.254",
            List.of("169.254.0.0/16", "0.0.0.0/0"),
            Source.ANYONE,
            false,
            "a block does not open metadata"),
        new Case(
            "169.254.169.254",
            List.of("169.254.169.254/32"),
            Source.ANYONE,
            true,
            "metadata is listed exactly"),
        new Case(
            "100.100.100.200",
            List.of("100.64.0.0/10"),
            Source.ANYONE,
            false,
            "metadata that lives in a pod range stays shut"),
        new Case(
            "64:ff9b::a00:1",
            List.of("10.0.0.0/8"),
            Source.ANYONE,
            true,
            "NAT64 of what is listed"),
        new Case("fd00::1", List.of("10.0.0.0/8"), Source.ANYONE, false, "IPv6 is not IPv4"),
        new Case("10.1.2.3", List.of(), Source.API_SERVER, true, "an ordinary pod address"),
        new Case("100.64.9.9", List.of(), Source.API_SERVER, true, "pods may be in CGNAT"),
        new Case("240.0.0.9", List.of(), Source.API_SERVER, true, "pods may be in class E"),
        new Case("fd00::9", List.of(), Source.API_SERVER, true, "IPv6 pods are unique local"),
        new Case("8.8.8.8", List.of(), Source.API_SERVER, true, "public"),
        new Case("127.0.0.1", List.of(), Source.API_SERVER, false, "an endpoint may be faked"),
        new Case("169.254.1.1", List.of(), Source.API_SERVER, false, "link-local"),
        new Case("169.254.169.254", List.of(), Source.API_SERVER, false, "metadata"),
        new Case("168.63.129.16", List.of(), Source.API_SERVER, false, "metadata, though public"),
        new Case("0.0.0.0", List.of(), Source.API_SERVER, false, "it is this machine to Linux"),
        new Case("224.0.0.1", List.of(), Source.API_SERVER, false, "no host"),
        new Case("::1", List.of(), Source.API_SERVER, false, "this machine"),
        new Case("127.0.0.1", List.of("127.0.0.0/8"), Source.API_SERVER, true, "listed"),
        new Case("8.8.8.8", List.of(), Source.DEPLOYER, true, "public"),
        new Case("10.1.2.3", List.of(), Source.DEPLOYER, true, "a server of one's own network"),
        new Case("fd00::9", List.of(), Source.DEPLOYER, true, "the same in IPv6"),
        new Case("127.0.0.1", List.of(), Source.DEPLOYER, true, "a sidecar"),
        new Case("::1", List.of(), Source.DEPLOYER, true, "a sidecar in IPv6"),
        new Case("169.254.1.1", List.of(), Source.DEPLOYER, false, "link-local"),
        new Case("fe80::1", List.of(), Source.DEPLOYER, false, "link-local in IPv6"),
        new Case("169.254.169.254", List.of(), Source.DEPLOYER, false, "metadata"),
        new Case("fd00:ec2::254", List.of(), Source.DEPLOYER, false, "metadata, though private"),
        new Case("64:ff9b::a9fe:a9fe", List.of(), Source.DEPLOYER, false, "metadata by NAT64"),
        new Case("0.0.0.0", List.of(), Source.DEPLOYER, false, "no address"),
        new Case("224.0.0.1", List.of(), Source.DEPLOYER, false, "no host"),
        new Case(
            "169.254.169.254",
            List.of("169.254.169.254"),
            Source.DEPLOYER,
            true,
            "metadata is listed exactly"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decides(Case c) {
    AddressPolicy policy = new AddressPolicy(c.listed().stream().map(Cidr::valueOf).toList());

    assertThat(policy.objection(InetAddress.ofLiteral(c.address()), c.source()).isEmpty())
        .as(c.because())
        .isEqualTo(c.allowed());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anObjectionSaysWhatToChange(Case c) {
    AddressPolicy policy = new AddressPolicy(c.listed().stream().map(Cidr::valueOf).toList());

    policy
        .objection(InetAddress.ofLiteral(c.address()), c.source())
        .ifPresent(text -> assertThat(text).contains("allowed CIDRs"));
    assertThat(c.because()).isNotEmpty();
  }
}
