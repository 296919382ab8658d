// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.PodCommands;
import io.heal8s.operator.act.PodExec;
import io.heal8s.operator.intent.PodCommand;
import io.heal8s.operator.plan.AccountChoice;

/** Runs commands through the API server, as an account of the pod's namespace. */
public final class ClusterExec implements PodExec {

  private final KubernetesApi api;

  /** Runs through that transport; its own identity must be allowed to be the account. */
  public ClusterExec(KubernetesApi api) {
    this.api = api;
  }

  @Override
  public Result run(
      String namespace, String pod, String container, String account, PodCommand command) {
    PodCommands commands = new PodCommands(api.asServiceAccount(namespace, account));
    return switch (commands.run(
        new ObjectKey(namespace, pod), container, command.argv(), command.timeout())) {
      case PodCommands.Result.Exited(int code, String output) -> new Result.Exited(code, output);
      case PodCommands.Result.Lost(String message) -> new Result.Lost(message);
      case PodCommands.Result.NotBegun(ApiFailure failure) -> notBegun(namespace, failure);
    };
  }

  private static Result notBegun(String namespace, ApiFailure failure) {
    return switch (failure) {
      case ApiFailure.Forbidden forbidden ->
          new Result.Refused(
              forbidden.message()
                  + "; let the operator be it: "
                  + AccountChoice.bindingHint(namespace));
      case ApiFailure.Invalid _,
          ApiFailure.NotFound _,
          ApiFailure.AlreadyExists _,
          ApiFailure.Conflict _,
          ApiFailure.Expired _,
          ApiFailure.QuotaExceeded _,
          ApiFailure.NamespaceTerminating _,
          ApiFailure.Throttled _,
          ApiFailure.Transient _ ->
          new Result.NotBegun(failure.message());
    };
  }
}
