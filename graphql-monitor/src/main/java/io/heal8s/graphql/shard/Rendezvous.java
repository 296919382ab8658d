// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.shard;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Highest random weight hashing (Thaler and Ravishankar, 1998): every member gets a weight for
 * every key, and the heaviest owns the key. The order in which members are named does not count.
 */
public final class Rendezvous {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Rendezvous() {}

  /**
   * Who owns a key.
   *
   * @param key what is shared out, such as the uid of an object
   * @param members names of the members
   * @return the same for the same members in any order; empty without members
   */
  public static Optional<String> ownerOf(String key, Collection<String> members) {
    long keyHash = hash(key);
    String owner = null;
    long most = 0;
    for (String member : members) {
      long weight = mix(keyHash ^ mix(hash(member)));
      if (owner == null || isHeavier(weight, member, most, owner)) {
        owner = member;
        most = weight;
      }
    }
    return Optional.ofNullable(owner);
  }

  /** Whether that member owns the key. */
  public static boolean owns(String member, String key, Collection<String> members) {
    return ownerOf(key, members).filter(member::equals).isPresent();
  }

  private static boolean isHeavier(long weight, String member, long most, @Nullable String owner) {
    int order = Long.compareUnsigned(weight, most);
    return order > 0 || (order == 0 && owner != null && member.compareTo(owner) > 0);
  }

  // FNV-1a; its weak last bits are spread by the mixing afterwards.
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return mix(hash);
  }

  // The finaliser of MurmurHash3, 64 bits.
  private static long mix(long value) {
    long h = value;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
