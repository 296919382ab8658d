// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import io.heal8s.core.decide.Provider;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Proposal;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import io.heal8s.pr.intent.View;

/**
 * A place where changes are proposed and reviewed. The contract, which {@code ForgeContract} tests:
 *
 * <ul>
 *   <li>ours is only what carries the inquiry's marker under the inquiry's branch; everything else
 *       is {@link Sighting.Foreign} and is never changed or deleted;
 *   <li>opening twice gives one pull request, also when the first answer was lost and when two
 *       processes open at once;
 *   <li>a proposal's commit has the proposal's base commit as its only parent and changes one file,
 *       so no change of others is ever lost;
 *   <li>nothing that others pushed to our branch is overwritten or deleted;
 *   <li>an expected failure is an {@link Reply}, never an exception; no answer says nothing.
 * </ul>
 *
 * Calls may block for the network, each at most some tens of seconds; safe for many threads.
 */
public interface Forge extends Provider {

  /** Looks at what the forge has under a branch, and at the base's file if that is asked for. */
  Reply<View> look(Inquiry inquiry);

  /**
   * Makes branch, commit and pull request, as far as they are not there yet.
   *
   * @return what is there afterwards: normally {@link Sighting.Open}
   */
  Reply<Sighting> open(Proposal proposal);

  /**
   * Closes a pull request of ours that is not merged and deletes its branch, unless somebody else
   * has commits on it.
   *
   * @param why sentence for people, shown where the forge has a place for it
   * @return what is there afterwards: {@link Sighting.Closed}, or what was found instead
   */
  Reply<Sighting> withdraw(Inquiry inquiry, String why);
}
