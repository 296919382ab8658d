// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.cluster;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.observe.OwnWrites;
import io.heal8s.pr.act.StatusSink;
import io.heal8s.pr.intent.OwnedStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.util.Objects;

/** Applies all of our fields, and none of others. */
public final class OwnedStatusWriter implements StatusSink {

  /** The field manager. */
  public static final String FIELD_MANAGER = "heal8s-github-pr-service";

  private static final Duration READ_AGAIN = Duration.ofMillis(100);

  private enum WriteReason implements Reason {
    Conflict,
    StatusNotWritten
  }

  private final ServerSideApplier applier;
  private final OwnWrites ownWrites;

  /** Writes through that and remembers what it wrote. */
  public OwnedStatusWriter(ServerSideApplier applier, OwnWrites ownWrites) {
    this.applier = applier;
    this.ownWrites = ownWrites;
  }

  @Override
  public Outcome write(Remediation read, OwnedStatus status) {
    V1ObjectMeta metadata = read.getMetadata();
    ObjectKey key = ObjectKey.of(metadata);
    Answer<Remediation> answer =
        applier.applyStatus(
            ServedKinds.REMEDIATIONS, key, Precondition.unchanged(metadata), fields(status));
    return switch (answer) {
      case Answer.Ok<Remediation>(Remediation written) -> {
        ownWrites.wrote(key, Objects.requireNonNull(written.getMetadata().getResourceVersion()));
        yield Outcome.DONE;
      }
      case Answer.Failed<Remediation>(ApiFailure failure) ->
          switch (failure) {
            case ApiFailure.Conflict _ -> Outcome.waiting(READ_AGAIN, WriteReason.Conflict);
            case ApiFailure.NotFound _ -> Outcome.DONE;
            case ApiFailure.AlreadyExists _,
                ApiFailure.Expired _,
                ApiFailure.Forbidden _,
                ApiFailure.Invalid _,
                ApiFailure.QuotaExceeded _,
                ApiFailure.NamespaceTerminating _,
                ApiFailure.Throttled _,
                ApiFailure.Transient _ ->
                failure.outcome(WriteReason.StatusNotWritten);
          };
    };
  }

  private static RemediationStatus fields(OwnedStatus status) {
    return new RemediationStatus(
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        status.pullRequest(),
        null,
        status.revertPullRequest(),
        status.prNumber(),
        status.prUrl(),
        status.commitSHA(),
        null,
        null,
        null,
        status.conditions());
  }
}
