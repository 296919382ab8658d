// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.decide.Reason;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.endpoint.Destination;
import io.heal8s.graphql.endpoint.EndpointReference;
import io.heal8s.graphql.exchange.Answer;
import io.heal8s.graphql.exchange.FailureKind;
import io.heal8s.graphql.exchange.GraphQlError;
import io.heal8s.graphql.intent.Seen;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one app's polls: counted, put into its schedule, and handed in. Used by one thread
 * at a time; only {@link #missing} is asked by others.
 */
final class PollResults {

  private final AppCounts counts;
  private final PollEnvironment environment;
  private final PollSchedule schedule;
  private final HandIn handIn;
  private volatile @Nullable EndpointReference missing;
  private boolean nowhere;
  // Of a poll that is repeated; whoever cannot repeat it says so.
  private Answer.@Nullable Failed unsaid;

  PollResults(ObjectKey app, PollEnvironment environment, PollSchedule schedule, HandIn handIn) {
    this.counts = environment.metrics().of(app);
    this.environment = environment;
    this.schedule = schedule;
    this.handIn = handIn;
  }

  HandIn handIn() {
    return handIn;
  }

  /** The endpoint, while it is not there or does not answer; else null. */
  @Nullable EndpointReference missing() {
    return missing;
  }

  /** Whether there was nowhere to ask at the last poll. */
  boolean wasNowhere() {
    return nowhere;
  }

  /** It cannot be asked as it is. */
  void blocked(Setup.Blocked why) {
    counts.unknown();
    handIn.observe(new Seen.Failure(why.reason().name(), why.message(), why.stalled()));
  }

  /** There is nowhere to ask. */
  void noEndpoint(Setup.Ready ready, Reason reason, String message, boolean stalled) {
    missing = ready.reference();
    nowhere = true;
    counts.failed(reason.name());
    ended(ready, AppCounts.PollStatus.error);
    handIn.observe(new Seen.Failure(reason.name(), message, stalled));
  }

  /**
   * The app may not be asked so often. What a poll that began was told is handed in; one that did
   * not begin waits, and those that would be due meanwhile are counted.
   *
   * @param until when it may be asked again, monotonic nanoseconds
   */
  void limited(Setup.Ready ready, long until) {
    Answer.Failed failed = unsaid;
    if (failed != null && schedule.isRepeating()) {
      schedule.givesUp();
      gaveUp(ready, failed);
    } else {
      counts.skipped(schedule.postpone(ready.interval(), until));
    }
  }

  /** A subscription that goes on told no state at that time. */
  void untold(Answer.Failed failed, Instant at) {
    boolean stalled = failed.kind() == FailureKind.QueryInvalid;
    untold(failed.kind().name(), failed.message(), stalled, at);
  }

  /** The same, for a reason of its own. */
  void untold(String reason, String message, boolean stalled, Instant at) {
    counts.failed(reason);
    counts.unknown();
    handIn.observe(new Seen.Failure(reason, message, stalled), at);
  }

  /** One of several endpoints did not answer; the poll goes on. */
  void missed(Answer.Failed failed) {
    counts.failed(failed.kind().name());
  }

  /**
   * An attempt brought nothing.
   *
   * @return whether it is repeated within this poll
   */
  boolean failed(Setup.Ready ready, Answer.Failed failed) {
    counts.failed(failed.kind().name());
    if (schedule.repeats(ready, failed)) {
      unsaid = failed;
      return true;
    }
    gaveUp(ready, failed);
    return false;
  }

  private void gaveUp(Setup.Ready ready, Answer.Failed failed) {
    missing = ready.reference();
    nowhere = false;
    ended(ready, AppCounts.PollStatus.error);
    boolean stalled = failed.kind() == FailureKind.QueryInvalid;
    handIn.observe(new Seen.Failure(failed.kind().name(), failed.message(), stalled));
  }

  /**
   * An attempt brought a state.
   *
   * @param seen null when nothing is to be handed in
   */
  void succeeded(Setup.Ready ready, @Nullable Seen seen) {
    succeeded(ready);
    // While a state is not taken yet, that it is still the same is no news.
    if (seen != null && !(seen instanceof Seen.Same && handIn.isHeld())) {
      handIn.observe(seen);
    }
  }

  /** A subscription told a state at that time, which may be long ago. */
  void told(Setup.Ready ready, Seen.State state, Instant at) {
    succeeded(ready);
    handIn.observe(state, at);
  }

  private void succeeded(Setup.Ready ready) {
    schedule.answered();
    missing = null;
    nowhere = false;
    ended(ready, AppCounts.PollStatus.success);
  }

  private void ended(Setup.Ready ready, AppCounts.PollStatus status) {
    unsaid = null;
    double took = schedule.ended(ready.interval());
    counts.polled(status, took, environment.clock().instant());
  }

  static String endpointOf(Destination destination) {
    return destination.source().equals("url")
        ? destination.url()
        : destination.url() + " (" + destination.source() + ")";
  }

  static List<Seen.Gap> gaps(List<GraphQlError> errors) {
    return errors.stream().map(error -> new Seen.Gap(error.path(), error.message())).toList();
  }
}
