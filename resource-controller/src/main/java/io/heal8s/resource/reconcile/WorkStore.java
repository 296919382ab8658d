// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.reconcile.decision.Completion;
import io.heal8s.resource.reconcile.decision.RunState;
import io.heal8s.resource.reconcile.decision.Work;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The work queue as the reconcile loop needs it. A claim is a lease: its fence is a number that no
 * other claim of that resource has, and what is written under an older one is refused. Every method
 * is one transaction.
 */
public interface WorkStore {

  /** Tells that a process lives; to be repeated well within the lease. */
  void register(UUID instance, Duration lease);

  /**
   * Tells that it still lives.
   *
   * @return false when it was taken for dead meanwhile: its claims are not its own any more
   */
  boolean heartbeat(UUID instance, Duration lease);

  /** Frees what dead processes had claimed; returns how much that was. */
  int reap();

  /**
   * Frees what a living process holds without knowing of it.
   *
   * @param held resources whose claims it knows of
   * @param olderThan younger claims stay: the answer that tells of them may be on its way
   * @return how many were freed
   */
  int freeForgotten(UUID instance, Set<Long> held, Duration olderThan);

  /** Ends a process: whatever it still holds is free at once. */
  void deregister(UUID instance);

  /** Claims what is due, the most urgent first. */
  Claimed claim(ClaimRequest request);

  /** Writes down ends of claims; returns the resources whose claim had been lost. */
  Set<Long> record(List<Completion> completions);

  /**
   * Writes down dispatches that are about to happen; returns the resources whose claim was lost.
   */
  Set<Long> writeAhead(List<Dispatch> dispatches);

  /** Gives claims back untouched. */
  void release(List<Work> claims);

  /** How much waits, and how long. */
  Depth depth();

  /** Deletes old history and events, a bounded number at a time; returns how many rows went. */
  int prune(Duration historyAge, int historyPerResource, Duration eventAge);

  /**
   * What to claim, or only to look when the limit is 0.
   *
   * @param instance for whom
   * @param limit at most that many
   * @param saturatedPlugins not for these
   * @param saturatedTypes not of these
   */
  record ClaimRequest(
      UUID instance, int limit, Set<String> saturatedPlugins, Set<String> saturatedTypes) {}

  /**
   * What was claimed.
   *
   * @param work in order of urgency
   * @param untilNext time until the next becomes due if nobody adds any; null for never. Zero when
   *     anything was claimed: then only another look tells
   */
  record Claimed(List<Work> work, @Nullable Duration untilNext) {}

  /**
   * A dispatch that is about to happen.
   *
   * @param work under which claim
   * @param state with its key
   */
  record Dispatch(Work work, RunState state) {}

  /**
   * How much waits.
   *
   * @param due resources that are due and unclaimed
   * @param claimed resources that are claimed
   * @param oldestDueSeconds how long the oldest of those that are due has waited
   * @param oldestClaimSeconds age of the oldest claim
   */
  record Depth(long due, long claimed, double oldestDueSeconds, double oldestClaimSeconds) {}
}
