// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a forge has under the branch of an {@link Inquiry}. */
public sealed interface Sighting {

  /**
   * What is known of a pull request, whatever became of it.
   *
   * @param number number at the forge, null for forges without numbers
   * @param url address for people
   * @param headSHA commit that we pushed; null when unknown
   * @param tipSHA where the branch points now; differs from headSHA once somebody pushed to it;
   *     null when the branch is gone
   * @param baseSHA commit that we branched from; null when unknown
   * @param openedAt when it was opened; null when the forge does not say
   */
  record Details(
      @Nullable Integer number,
      @Nullable String url,
      @Nullable String headSHA,
      @Nullable String tipSHA,
      @Nullable String baseSHA,
      @Nullable Instant openedAt) {}

  /** Neither a branch nor a pull request: it was never made. */
  record Nothing() implements Sighting {}

  /**
   * A branch of that name without our marker: never touched.
   *
   * @param what what is in the way, for people
   */
  record Foreign(String what) implements Sighting {}

  /**
   * Our branch is there, but a pull request is missing; opening goes on from here.
   *
   * @param headSHA commit that we pushed
   */
  record Unfinished(String headSHA) implements Sighting {}

  /**
   * Waits for people.
   *
   * @param note what they should know, null for nothing
   */
  record Open(Details details, @Nullable String note) implements Sighting {}

  /**
   * The base has it.
   *
   * @param mergeCommit commit by which the base got it, null when unknown
   * @param at when, null when the forge does not say
   * @param values what the base holds at the plan's paths since; empty when the file no longer
   *     holds the object
   */
  record Merged(
      Details details,
      @Nullable String mergeCommit,
      @Nullable Instant at,
      List<MergedValue> values,
      @Nullable String note)
      implements Sighting {

    public Merged {
      values = List.copyOf(values);
    }
  }

  /**
   * Closed without a merge.
   *
   * @param at when, null when the forge does not say
   */
  record Closed(Details details, @Nullable Instant at, @Nullable String note) implements Sighting {}
}
