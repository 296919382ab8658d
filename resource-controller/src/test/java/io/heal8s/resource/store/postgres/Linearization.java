// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.store.postgres.Call.Seen;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for an order of calls beside each other in which each answer is right: one in which no call
 * comes before another that had ended when it began (Wing and Gong's search, with Lowe's memory of
 * what led nowhere).
 */
final class Linearization {

  private record Place(BitSet done, Optional<Seen> state) {}

  private final List<Call> calls;
  private final Set<Place> deadEnds = new HashSet<>();
  private Place farthest = new Place(new BitSet(), Optional.empty());

  private Linearization(List<Call> calls) {
    this.calls = calls.stream().sorted(Comparator.comparingLong(Call::from)).toList();
  }

  /** Empty where there is such an order of the calls of one name, else how far one goes. */
  static Optional<String> problem(List<Call> calls) {
    Linearization search = new Linearization(calls);
    return search.leads(new Place(new BitSet(), Optional.empty()))
        ? Optional.empty()
        : Optional.of(search.story());
  }

  private boolean leads(Place at) {
    if (at.done().cardinality() == calls.size()) {
      return true;
    }
    if (!deadEnds.add(at)) {
      return false;
    }
    if (at.done().cardinality() > farthest.done().cardinality()) {
      farthest = at;
    }
    for (int next : possible(at)) {
      BitSet done = (BitSet) at.done().clone();
      done.set(next);
      Call call = calls.get(next);
      for (Optional<Seen> before : NameModel.withWorkers(at.state())) {
        for (Optional<Seen> after : NameModel.after(before, call.ask(), call.answer()).toList()) {
          if (leads(new Place(done, after))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Those that no other one has to come before. */
  private List<Integer> possible(Place at) {
    int first = at.done().nextClearBit(0);
    long end = Long.MAX_VALUE;
    List<Integer> open = new ArrayList<>();
    for (int i = first;
        i < calls.size() && calls.get(i).from() <= end;
        i = at.done().nextClearBit(i + 1)) {
      end = Math.min(end, calls.get(i).until());
      open.add(i);
    }
    long earliest = end;
    return open.stream().filter(i -> calls.get(i).from() <= earliest).toList();
  }

  private String story() {
    return "%d of %d calls can be put in an order, up to %s; none of these can be the next: %s"
        .formatted(
            farthest.done().cardinality(),
            calls.size(),
            farthest.state(),
            possible(farthest).stream()
                .map(i -> calls.get(i).toString())
                .collect(Collectors.joining("\n  ", "\n  ", "")));
  }
}
