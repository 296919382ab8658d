// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.address;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Says whether we may connect to an address.
 *
 * @param allowed the blocks that are allowed although they are not public. A metadata service is
 *     allowed only by its exact address: a pod range of 100.64.0.0/10 must not open the way to the
 *     credentials of the machine that happen to live inside it.
 */
public record AddressPolicy(List<Cidr> allowed) {
  /** Who named the address. */
  public enum Source {
    /** A user's URL, or the answer of a resolver to a name in it. */
    ANYONE,
    /**
     * The API server: the address of a ready pod or of a Service in the namespace of the object
     * that asks.
     */
    API_SERVER,
    /** A setting of whoever deploys this service, such as the address of its policy server. */
    DEPLOYER
  }

  /** Copies the list. */
  public AddressPolicy {
    allowed = List.copyOf(allowed);
  }

  /**
   * What speaks against an address.
   *
   * @param address where to connect to
   * @param source who named it
   * @return empty if nothing does, else a sentence that says what to change
   */
  public Optional<String> objection(InetAddress address, Source source) {
    AddressKind kind = AddressClassifier.classify(address);
    boolean harmless =
        switch (source) {
          case ANYONE -> kind == AddressKind.GLOBAL;
          case API_SERVER -> kind.plausibleInCluster();
          case DEPLOYER -> kind.plausibleInCluster() || kind == AddressKind.LOOPBACK;
        };
    if (harmless || isListed(address, kind)) {
      return Optional.empty();
    }
    String entry = kind == AddressKind.METADATA ? "exactly this address" : "a block that holds it";
    return Optional.of(
        "%s is %s; to allow it, add %s to the allowed CIDRs"
            .formatted(address.getHostAddress(), kind.description(), entry));
  }

  private boolean isListed(InetAddress address, AddressKind kind) {
    return allowed.stream()
        .filter(block -> kind != AddressKind.METADATA || block.isSingleAddress())
        .anyMatch(
            block ->
                block.contains(address)
                    || AddressClassifier.embedded(address).filter(block::contains).isPresent());
  }
}
