// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What takes places of the budgets.
 *
 * @param namespace in the target's namespace
 * @param cluster in the whole cluster
 */
public record EffectCounts(Taken namespace, Taken cluster) {

  /**
   * Places that are taken.
   *
   * @param effects when effects on workloads began, within the longest budget window, oldest first
   * @param proposals how many changes were let through to git and are neither merged nor over; each
   *     may become an effect at any time
   */
  public record Taken(List<Instant> effects, int proposals) {

    /** No place is taken. */
    public static final Taken NOTHING = new Taken(List.of(), 0);

    public Taken {
      effects = List.copyOf(effects);
    }

    private Taken lessOneProposal() {
      return new Taken(effects, Math.max(0, proposals - 1));
    }

    private Taken lessEffect(Instant at) {
      List<Instant> others = new ArrayList<>(effects);
      others.remove(at);
      return new Taken(others, proposals);
    }
  }

  /** The same without one proposal of that namespace. */
  public EffectCounts lessOneProposal() {
    return new EffectCounts(namespace.lessOneProposal(), cluster.lessOneProposal());
  }

  /** The same without one effect of that namespace at that time; as it is when there is none. */
  public EffectCounts lessEffect(Instant at) {
    return new EffectCounts(namespace.lessEffect(at), cluster.lessEffect(at));
  }

  /** Whether a place may become free before an effect leaves the window: by a refusal. */
  public boolean haveProposals() {
    return namespace.proposals() + cluster.proposals() > 0;
  }
}
