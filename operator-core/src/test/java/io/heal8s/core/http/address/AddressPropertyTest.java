// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What must hold for every address, whatever the tables say. */
class AddressPropertyTest {
  private static final AddressPolicy NOTHING_LISTED = new AddressPolicy(List.of());

  @Provide
  Arbitrary<byte[]> ipv4() {
    // Half of them out of the neighbourhood of the interesting ranges, where mistakes live.
    Arbitrary<Integer> any = Arbitraries.integers();
    Arbitrary<Integer> near =
        Arbitraries.of(0x0A000000, 0x7F000000, 0xA9FEA9FE, 0xAC100000, 0xC0A80000, 0x64400000, 0)
            .flatMap(base -> Arbitraries.integers().between(-300, 300).map(delta -> base + delta));
    return Arbitraries.oneOf(any, near).map(i -> ByteBuffer.allocate(4).putInt(i).array());
  }

  @Property
  void theJdkAgreesThatWhatIsNotPublicIsNotPublic(@ForAll("ipv4") byte[] bytes) throws Exception {
    InetAddress address = InetAddress.getByAddress(bytes);
    boolean special =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress();

    if (special) {
      assertThat(AddressClassifier.classify(address)).isNotEqualTo(AddressKind.GLOBAL);
      assertThat(NOTHING_LISTED.objection(address, AddressPolicy.Source.ANYONE)).isPresent();
    }
  }

  @Property
  void noCoatMakesAnAddressBetter(@ForAll("ipv4") byte[] v4) throws Exception {
    InetAddress inner = InetAddress.getByAddress(v4);
    if (AddressClassifier.classify(inner) == AddressKind.GLOBAL) {
      return;
    }
    for (InetAddress outer : coats(v4)) {
      assertThat(NOTHING_LISTED.objection(outer, AddressPolicy.Source.ANYONE))
          .as("%s around %s", outer.getHostAddress(), inner.getHostAddress())
          .isPresent();
    }
  }

  private static List<InetAddress> coats(byte[] v4) throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(v4, 0, mapped, 12, 4);
    byte[] compatible = new byte[16];
    System.arraycopy(v4, 0, compatible, 12, 4);
    byte[] nat64 = compatible.clone();
    nat64[1] = 0x64;
    nat64[2] = (byte) 0xff;
    nat64[3] = (byte) 0x9b;
    byte[] sixToFour = new byte[16];
    sixToFour[0] = 0x20;
    sixToFour[1] = 0x02;
    System.arraycopy(v4, 0, sixToFour, 2, 4);
    return List.of(
        InetAddress.getByAddress(mapped),
        InetAddress.getByAddress(compatible),
        InetAddress.getByAddress(nat64),
        InetAddress.getByAddress(sixToFour));
  }

  @Property
  void outsideOfWhatIsGivenOutNothingIsPublic(@ForAll @Size(16) byte[] bytes) throws Exception {
    bytes[0] = (byte) ((bytes[0] & 0x1f) | 0x60); // 6000::/3, far from 2000::/3
    assertThat(AddressClassifier.classify(InetAddress.getByAddress(bytes)))
        .isNotEqualTo(AddressKind.GLOBAL);
  }

  @Property
  void aBlockHoldsExactlyWhatSharesItsPrefix(
      @ForAll("ipv4") byte[] v4, @ForAll @IntRange(max = 32) int prefix) throws Exception {
    InetAddress address = InetAddress.getByAddress(v4);
    Cidr block = Cidr.valueOf(address.getHostAddress() + "/" + prefix);

    assertThat(block.contains(address)).isTrue();
    for (int bit = 0; bit < 32; bit++) {
      byte[] flipped = v4.clone();
      flipped[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
      assertThat(block.contains(InetAddress.getByAddress(flipped)))
          .as("bit %d of %s", bit, block)
          .isEqualTo(bit >= prefix);
    }
    assertThat(Cidr.valueOf(block.toString())).isEqualTo(block);
  }

  @Property
  void onlyThePlainSpellingOfAnIpv4AddressIsTaken(@ForAll("ipv4") byte[] v4) throws Exception {
    InetAddress address = InetAddress.getByAddress(v4);
    long number = Integer.toUnsignedLong(ByteBuffer.wrap(v4).getInt());
    int a = Byte.toUnsignedInt(v4[0]);
    long rest = number & 0xffffffL;

    assertThat(HostName.parse(address.getHostAddress())).isEqualTo(new HostName.Literal(address));
    assertThat(address).isInstanceOf(Inet4Address.class);
    List<String> disguises =
        List.of(
            Long.toString(number),
            "0x" + Long.toHexString(number),
            "0X" + Long.toHexString(number),
            "0" + Long.toOctalString(number),
            a + "." + rest,
            "0x" + Integer.toHexString(a) + "." + rest,
            a + ".0." + (rest & 0xffff),
            "0" + Integer.toOctalString(a) + ".0.0.1",
            "00" + address.getHostAddress(),
            address.getHostAddress() + ".1",
            "x." + rest);
    for (String disguise : disguises) {
      assertThat(HostName.parse(disguise))
          .as("%s, which some resolvers take for an address", disguise)
          .isInstanceOf(HostName.Invalid.class);
    }
  }
}
