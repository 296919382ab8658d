// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.gateway.intent.AlertIntent;
import io.heal8s.gateway.intent.AlertIntent.CreateRemediation;
import io.heal8s.gateway.intent.SkipReason;
import io.heal8s.gateway.routing.Redelivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The only writer: carries out what was decided about one alert. Killed at any point, the sender
 * has no answer and sends again; the names find what was done already.
 */
public final class AlertExecutor {

  private final RemediationApi api;
  private final ResolutionNote resolutions;
  private final GiveUpListener giveUps;
  private final InstantSource clock;

  /** An executor over an API server. */
  public AlertExecutor(RemediationApi api, GiveUpListener giveUps, InstantSource clock) {
    this.api = api;
    this.resolutions = new ResolutionNote(api, clock);
    this.giveUps = giveUps;
    this.clock = clock;
  }

  /**
   * Carries out an intent.
   *
   * @param deadline no call is begun after it
   * @return what became of it; never throws for what a server may answer
   */
  public Result execute(AlertIntent intent, Instant deadline) {
    return switch (intent) {
      case AlertIntent.Skip skip -> new Result.Skipped(skip.reason(), skip.message());
      case AlertIntent.MarkResolved resolved -> resolutions.write(resolved, deadline);
      case CreateRemediation create -> create(create, deadline);
    };
  }

  /** Each round either ends or comes one attempt further, and attempts are few. */
  private Result create(CreateRemediation intent, Instant deadline) {
    for (int number = 1; clock.instant().isBefore(deadline); number++) {
      ObjectKey key = new ObjectKey(intent.namespace(), intent.name().attempt(number));
      ApiFailure failure =
          api.create(key, RemediationJson.write(intent, key.name())).failureOrNull();
      if (failure == null) {
        return new Result.Created(key.namespace(), key.name());
      }
      if (!(failure instanceof ApiFailure.AlreadyExists)) {
        return Result.of(failure);
      }
      Optional<Result> settled = settle(intent, key, number);
      if (settled.isPresent()) {
        return settled.get();
      }
    }
    return Result.outOfTime();
  }

  /** What an attempt that exists means for the delivery; empty if the next one is to be made. */
  private Optional<Result> settle(CreateRemediation intent, ObjectKey key, int number) {
    return switch (api.read(key)) {
      case Answer.Failed<Optional<Remediation>>(ApiFailure failure) ->
          Optional.of(Result.of(failure));
      case Answer.Ok<Optional<Remediation>>(Optional<Remediation> found) ->
          found.isPresent()
              ? settle(intent, found.get(), key, number)
              // Deleted in between: the sender's next try creates it, this one need not race.
              : Optional.of(
                  new Result.Failed(Trouble.Conflict, key + " was deleted while it was read"));
    };
  }

  private Optional<Result> settle(
      CreateRemediation intent, Remediation found, ObjectKey key, int number) {
    return switch (Redelivery.judge(found, number, intent.retries(), clock.instant())) {
      case LetItBe -> Optional.of(new Result.Exists(key.namespace(), key.name()));
      case TryAgain -> Optional.empty();
      case GiveUp -> {
        giveUps.gaveUp(found, number);
        yield Optional.of(
            new Result.Skipped(
                SkipReason.GaveUp, number + " attempts failed, the last one is " + key.name()));
      }
    };
  }
}
