// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Makes addresses from bytes, without the checked exception that four or sixteen never cause. */
final class Addresses {
  private Addresses() {}

  static InetAddress of(byte... bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }
}
