// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
  record Case(String host, Class<? extends HostName> expected, String because) {
    @Override
    public String toString() {
      return host + ": " + because;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("Example.COM", HostName.Name.class, "names are read without case"),
        new Case("example.com.", HostName.Name.class, "a trailing dot is the root"),
        new Case("svc_a.example", HostName.Name.class, "underscores occur in service names"),
        new Case("a1", HostName.Name.class, "one label is a name"),
        new Case("1a.example", HostName.Name.class, "only the last label decides"),
        new Case("127.0.0.1", HostName.Literal.class, "four plain numbers"),
        new Case("127.0.0.1.", HostName.Literal.class, "a trailing dot changes nothing"),
        new Case("[::1]", HostName.Literal.class, "brackets hold IPv6"),
        new Case("2130706433", HostName.Invalid.class, "a decimal number is 127.0.0.1 for some"),
        new Case("0x7f.1", HostName.Invalid.class, "hex and short form"),
        new Case("0177.0.0.1", HostName.Invalid.class, "octal for some, 177.0.0.1 for others"),
        new Case("127.1", HostName.Invalid.class, "short form"),
        new Case("0x", HostName.Invalid.class, "an empty hex number is 0 for some"),
        new Case("256.0.0.1", HostName.Invalid.class, "no address and no name"),
        new Case("1.2.3.4.5", HostName.Invalid.class, "ends in a number"),
        new Case("", HostName.Invalid.class, "no host"),
        new Case("a..b", HostName.Invalid.class, "an empty label"),
        new Case("-a.example", HostName.Invalid.class, "a label does not begin with a hyphen"),
        new Case("exa mple", HostName.Invalid.class, "a space"),
        new Case("[fe80::1%eth0]", HostName.Invalid.class, "a zone names our interface"),
        new Case("[::1", HostName.Invalid.class, "no closing bracket"),
        new Case("[127.0.0.1]", HostName.Invalid.class, "brackets hold IPv6 only"),
        new Case("[]", HostName.Invalid.class, "nothing in brackets"),
        new Case("a".repeat(64), HostName.Invalid.class, "a label has 63 characters at most"),
        new Case("a.".repeat(127) + "aa", HostName.Invalid.class, "a name has 253 at most"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsAddressesFromNames(Case c) {
    assertThat(HostName.parse(c.host())).as(c.because()).isInstanceOf(c.expected());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "x/8", "10.0.0.0/-1"})
  void aBlockThatIsNoneSaysHowToWriteOne(String text) {
    assertThatThrownBy(() -> Cidr.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.0/8");
  }
}
