// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.operator.act.WebhookSender.Reply;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.lifecycle.LifecycleReason;
import io.heal8s.operator.lifecycle.Results;
import io.heal8s.operator.plan.callwebhook.WebhookBody;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Calls webhooks, and says what must be written of it. */
final class WebhookCalls {

  private static final String TOO_LONG =
      "nobody was called: with its templates filled in, the body is longer than "
          + WebhookBody.MOST_BYTES / 1024
          + " KiB; name shorter fields in the payload";
  // Request Timeout, Too Early, Too Many Requests: the same call may be taken later.
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final WebhookSender webhooks;
  private final KnownResults results;

  WebhookCalls(WebhookSender webhooks, KnownResults results) {
    this.webhooks = webhooks;
    this.results = results;
  }

  Ran call(Remediation base, Effect.Call call, RunContext run) {
    String namespace = Objects.requireNonNull(base.statusOrEmpty().target()).namespace();
    Optional<String> body = WebhookBody.text(base, call.call());
    if (body.isEmpty()) {
      return results.ended(base, false, LifecycleReason.NotDelivered, TOO_LONG, run);
    }
    return switch (webhooks.send(call.call(), namespace, body.get(), RecordedKeys.of(base))) {
      case Reply.Answered(int status) when status / 100 == 2 ->
          results.ended(base, true, LifecycleReason.Delivered, "answered " + status, run);
      case Reply.Answered(int status) when status >= 500 || PASSING.contains(status) ->
          again(base, call, "answered " + status, run);
      case Reply.Answered(int status) ->
          results.ended(
              base,
              false,
              LifecycleReason.NotDelivered,
              "answered " + status + (status / 100 == 3 ? "; redirects are not followed" : ""),
              run);
      case Reply.Refused(String message) ->
          new Ran.Write(
              Results.refused(base, "the webhook may not be called: " + message, run.now()),
              Outcome.DONE);
      case Reply.Failed(String message) -> again(base, call, message, run);
    };
  }

  private Ran again(Remediation base, Effect.Call call, String message, RunContext run) {
    // Told once: a write of each failure would be an event, and that would end the pause.
    boolean told = LifecycleReason.CallFailed.name().equals(base.statusOrEmpty().reason());
    // One that waited for a place all the time has been tried once only.
    if (call.last() && told) {
      return results.ended(base, false, LifecycleReason.NotDelivered, message, run);
    }
    Outcome later =
        new Outcome.Retry(LifecycleReason.CallFailed, new IllegalStateException(message));
    return told
        ? new Ran.Only(later)
        : new Ran.Write(
            Results.progress(
                base, LifecycleReason.CallFailed, message + "; it is called again", run.now()),
            later);
  }
}
