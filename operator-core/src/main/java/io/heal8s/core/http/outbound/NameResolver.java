// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses behind a name. Asked once for each request; may block. */
@FunctionalInterface
public interface NameResolver {
  /**
   * Resolves a name.
   *
   * @param name a host name, never an address
   * @return at least one address, best first
   * @throws UnknownHostException if there is none
   */
  List<InetAddress> resolve(String name) throws UnknownHostException;

  /**
   * The resolver of the operating system.
   *
   * @return asks {@link InetAddress#getAllByName}
   */
  static NameResolver system() {
    return name -> List.of(InetAddress.getAllByName(name));
  }
}
