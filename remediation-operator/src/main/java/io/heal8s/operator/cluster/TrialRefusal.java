// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import com.google.gson.JsonObject;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.http.secret.Redactor;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.target.LiveObject;
import java.util.List;

/**
 * What the refusal of a trial means for the plan. Only where the cluster cannot try out at all may
 * a patch be planned without knowing what it comes to: it has no undo then.
 */
final class TrialRefusal {

  private static final Redactor REDACTOR = Redactor.ofShapes();

  private TrialRefusal() {}

  /** A failure that passes; a Kubernetes Status that says no; nothing where none could be made. */
  static Reading of(ObjectPatchRequest.Kind kind, String namespace, ApiFailure failure) {
    return switch (failure) {
      case ApiFailure.Throttled _,
          ApiFailure.Transient _,
          ApiFailure.NotFound _,
          ApiFailure.AlreadyExists _,
          ApiFailure.Expired _,
          ApiFailure.QuotaExceeded _,
          ApiFailure.NamespaceTerminating _ ->
          new Reading.Failed(failure.message(), failure.asException());
      // A test that does not hold looks the same as a write of somebody else, but stays for longer.
      case ApiFailure.Conflict(String message) ->
          kind == ObjectPatchRequest.Kind.Json
              ? refused("the patch does not fit the object: " + message)
              : new Reading.Failed(message, failure.asException());
      case ApiFailure.Forbidden(int _, String message) ->
          refused(
              message
                  + "; give the account that right, and let the operator be it: "
                  + AccountChoice.bindingHint(namespace));
      case ApiFailure.Invalid(int code, String message) ->
          code == 400 && message.contains("does not support dry run")
              ? new Reading.Read(List.of())
              : refused("the API server refuses the patch: " + message);
    };
  }

  private static Reading refused(String message) {
    JsonObject status = new JsonObject();
    status.addProperty("apiVersion", "v1");
    status.addProperty("kind", "Status");
    status.addProperty("message", REDACTOR.redact(message));
    return new Reading.Read(List.of(new LiveObject(status)));
  }
}
