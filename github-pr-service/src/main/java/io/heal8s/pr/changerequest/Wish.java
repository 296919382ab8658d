// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.pr.intent.Inquiry;

/**
 * What a Remediation wants of its forge now, and what has to be asked first.
 *
 * @param aim what is wanted
 * @param inquiry what the forge is asked
 * @param wanted the values that the pull request is about
 */
public record Wish(Aim aim, Inquiry inquiry, Manifests.Wanted wanted) {

  /** What is wanted. */
  public enum Aim {
    /** There should be a pull request. */
    OPEN,
    /** None should be begun, but one may have been made: is there one? */
    FIND,
    /** There is one: what became of it? */
    WATCH,
    /** The one that there may be is no longer wanted. */
    WITHDRAW
  }
}
