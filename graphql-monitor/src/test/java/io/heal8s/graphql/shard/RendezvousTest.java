// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

class RendezvousTest {

  @Property
  void everyKeyHasOneOwnerAmongTheMembers(
      @ForAll String key, @ForAll @NotEmpty Set<String> members) {
    assertThat(members.stream().filter(member -> Rendezvous.owns(member, key, members))).hasSize(1);
  }

  @Property
  void theOrderOfMembersDoesNotCount(
      @ForAll String key, @ForAll @Size(min = 2, max = 9) Set<String> members, @ForAll long seed) {
    List<String> shuffled = new ArrayList<>(members);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(Rendezvous.ownerOf(key, shuffled)).isEqualTo(Rendezvous.ownerOf(key, members));
  }

  @Property
  void whenAMemberGoesOnlyItsKeysMove(
      @ForAll String key, @ForAll @Size(min = 2, max = 9) List<String> members) {
    String gone = members.getFirst();
    List<String> rest = members.stream().filter(member -> !member.equals(gone)).toList();
    String before = Rendezvous.ownerOf(key, members).orElseThrow();

    if (!before.equals(gone)) {
      assertThat(Rendezvous.ownerOf(key, rest)).contains(before);
    }
  }

  @Property
  void whenAMemberComesAKeyStaysOrMovesToIt(
      @ForAll String key, @ForAll @NotEmpty List<String> members, @ForAll String newcomer) {
    List<String> more = new ArrayList<>(members);
    more.add(newcomer);
    String after = Rendezvous.ownerOf(key, more).orElseThrow();

    assertThat(after).isIn(Rendezvous.ownerOf(key, members).orElseThrow(), newcomer);
  }

  @Example
  void nobodyOwnsAKeyWithoutMembers() {
    assertThat(Rendezvous.ownerOf("key", List.of())).isEmpty();
  }

  @Example
  void sharesAreEven() {
    List<String> members = List.of("graphql-monitor-0", "graphql-monitor-1", "graphql-monitor-2");
    Map<String, Integer> shares = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 9_000; i++) {
      String uid = new UUID(random.nextLong(), random.nextLong()).toString();
      shares.merge(Rendezvous.ownerOf(uid, members).orElseThrow(), 1, Integer::sum);
    }

    assertThat(shares.values()).hasSize(3).allMatch(share -> share > 2_700 && share < 3_300);
  }

  @Example
  void sharesOfLikeKeysAreEven() {
    List<String> members = List.of("a", "b");
    long first =
        java.util.stream.IntStream.range(0, 2_000)
            .filter(i -> Rendezvous.owns("a", "app-" + i, members))
            .count();

    assertThat(first).isBetween(900L, 1_100L);
  }
}
