// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Faults that wait for their request; each counts once unless it stands. */
public final class Faults {

  /**
   * A request as far as a fault needs to know it.
   *
   * @param method in capitals
   * @param path without the edition's root, for example {@code /repos/acme/shop/pulls}
   * @param body as it was sent, empty for none
   */
  public record Request(String method, String path, String body) {

    /** Whether it writes: a mutation, or any method but GET and HEAD. */
    public boolean writes() {
      boolean reads = method.equals("GET") || method.equals("HEAD");
      return path.equals("/graphql") ? body.contains("mutation") : !reads;
    }
  }

  private record Waiting(Predicate<Request> when, Fault fault, boolean stands) {}

  private final List<Waiting> waiting = new ArrayList<>();

  Faults() {}

  /** The next request that fits meets the fault. */
  public synchronized void next(Predicate<Request> when, Fault fault) {
    waiting.add(new Waiting(when, fault, false));
  }

  /** Every request that fits meets the fault until {@link #clear()}. */
  public synchronized void always(Predicate<Request> when, Fault fault) {
    waiting.add(new Waiting(when, fault, true));
  }

  /** All is well again. */
  public synchronized void clear() {
    waiting.clear();
  }

  synchronized Optional<Fault> take(Request request) {
    for (Waiting one : waiting) {
      if (one.when().test(request)) {
        if (!one.stands()) {
          waiting.remove(one);
        }
        return Optional.of(one.fault());
      }
    }
    return Optional.empty();
  }
}
