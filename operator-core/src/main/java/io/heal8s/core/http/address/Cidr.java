// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A block of IP addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * <p>Equality is that of the block: the bits behind the prefix are cleared.
 */
public final class Cidr {
  private final byte[] network;
  private final int prefixLength;
  private final String text;

  private Cidr(byte[] network, int prefixLength) {
    this.network = masked(network, prefixLength);
    this.prefixLength = prefixLength;
    this.text = Addresses.of(this.network).getHostAddress() + "/" + prefixLength;
  }

  /**
   * Reads a block. An address without a prefix length is a block of that one address.
   *
   * @param text address, or address and prefix length (0-32 for IPv4, 0-128 for IPv6)
   * @return the block
   * @throws IllegalArgumentException if the text is no block; the message says what is expected
   */
  public static Cidr valueOf(String text) {
    String trimmed = text.strip();
    int slash = trimmed.indexOf('/');
    String address = slash < 0 ? trimmed : trimmed.substring(0, slash);
    byte[] bytes =
        switch (HostName.parse(address.contains(":") ? "[" + address + "]" : address)) {
          case HostName.Literal(InetAddress literal) -> literal.getAddress();
          case HostName.Name _, HostName.Invalid _ -> throw malformed(text);
        };
    if (slash < 0) {
      return new Cidr(bytes, bytes.length * Byte.SIZE);
    }
    String length = trimmed.substring(slash + 1);
    // Three digits hold every length there is, so that parseInt below cannot overflow.
    if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bytes.length * Byte.SIZE) {
      throw malformed(text);
    }
    return new Cidr(bytes, Integer.parseInt(length));
  }

  /**
   * Whether an address lies in this block. An IPv4 address never lies in an IPv6 block, nor the
   * other way round.
   *
   * @param address the address
   * @return true if it does
   */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == network.length && Arrays.equals(masked(bytes, prefixLength), network);
  }

  /**
   * Whether this block is one single address.
   *
   * @return true for /32 of IPv4 and /128 of IPv6
   */
  public boolean isSingleAddress() {
    return prefixLength == network.length * Byte.SIZE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr that
        && prefixLength == that.prefixLength
        && Arrays.equals(network, that.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + prefixLength;
  }

  @Override
  public String toString() {
    return text;
  }

  private static byte[] masked(byte[] bytes, int prefixLength) {
    byte[] result = bytes.clone();
    for (int i = 0; i < result.length; i++) {
      int kept = Math.clamp(prefixLength - (long) i * Byte.SIZE, 0, Byte.SIZE);
      result[i] &= (byte) (0xFF << (Byte.SIZE - kept));
    }
    return result;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "'%s' is no block of addresses: write it like 10.0.0.0/8 or fd00::/8".formatted(text));
  }
}
