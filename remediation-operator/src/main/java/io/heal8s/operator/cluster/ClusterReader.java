// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import com.google.gson.JsonObject;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.PatchSender;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.List;
import java.util.Optional;

/** Answers queries by GET and LIST. */
public final class ClusterReader implements ObjectReader {

  private static final String ADMISSION = "admissionregistration.k8s.io/";

  private final KubernetesApi api;
  private final KubernetesReader reader;

  /** Reads through that transport. */
  public ClusterReader(KubernetesApi api) {
    this.api = api;
    this.reader = new KubernetesReader(api);
  }

  @Override
  public Reading read(Query query) {
    return switch (query) {
      case Query.Get(String apiVersion, String kind, String namespace, String name) ->
          Kinds.find(apiVersion, kind)
              .map(type -> get(type, new ObjectKey(namespace, name)))
              .orElseGet(() -> unknown(apiVersion, kind));
      case Query.GetAs(String account, Query.Get get) ->
          Kinds.find(get.apiVersion(), get.kind())
              .map(type -> getAs(type, get, account))
              .orElseGet(() -> unknown(get.apiVersion(), get.kind()));
      case Query.Patched patched ->
          Kinds.find(patched.get().apiVersion(), patched.get().kind())
              .map(type -> patched(type, patched))
              .orElseGet(() -> unknown(patched.get().apiVersion(), patched.get().kind()));
      case Query.ListBySelector(String apiVersion, String kind, String namespace, String labels) ->
          Kinds.find(apiVersion, kind)
              .map(type -> list(type, namespace, labels))
              .orElseGet(() -> unknown(apiVersion, kind));
    };
  }

  private static Reading unknown(String apiVersion, String kind) {
    return new Reading.UnknownKind(
        "%s %s is not a kind that heal8s can repair; name the Deployment, StatefulSet, DaemonSet, Job or CronJob behind it"
            .formatted(apiVersion, kind));
  }

  private Reading get(ResourceType<JsonObject> type, ObjectKey key) {
    Answer<Optional<JsonObject>> answer = reader.get(type, key);
    return switch (answer) {
      case Answer.Ok<Optional<JsonObject>>(Optional<JsonObject> object) ->
          new Reading.Read(object.map(LiveObject::new).stream().toList());
      // Whether approvals are guarded: what may not be seen, as without a ClusterRole, is not
      // believed.
      case Answer.Failed<Optional<JsonObject>>(ApiFailure.Forbidden _)
          when type.apiVersion().startsWith(ADMISSION) ->
          new Reading.Read(List.of());
      case Answer.Failed<Optional<JsonObject>>(ApiFailure failure) -> failed(failure);
    };
  }

  private Reading getAs(ResourceType<JsonObject> type, Query.Get get, String account) {
    KubernetesReader as = new KubernetesReader(api.asServiceAccount(get.namespace(), account));
    return switch (as.get(type, new ObjectKey(get.namespace(), get.name()))) {
      case Answer.Ok<Optional<JsonObject>>(Optional<JsonObject> object) ->
          new Reading.Read(object.map(ClusterReader::withoutSecrets).stream().toList());
      case Answer.Failed<Optional<JsonObject>>(ApiFailure.Forbidden forbidden) ->
          new Reading.UnknownKind(
              forbidden.message()
                  + "; give the account that right, and let the operator be it: "
                  + AccountChoice.bindingHint(get.namespace()));
      case Answer.Failed<Optional<JsonObject>>(ApiFailure failure) -> failed(failure);
    };
  }

  private Reading patched(ResourceType<JsonObject> type, Query.Patched trial) {
    Query.Get get = trial.get();
    PatchSender as =
        new PatchSender(
            api.asServiceAccount(get.namespace(), trial.account()), OperatorWriter.FIELD_MANAGER);
    PatchBody body = new PatchBody(trial.patch(), trial.read());
    Answer<JsonObject> answer =
        as.tryOut(
            type,
            new ObjectKey(get.namespace(), get.name()),
            body.kind(),
            body.with(PatchBody.TRIAL).toString());
    return switch (answer) {
      case Answer.Ok<JsonObject>(JsonObject object) ->
          new Reading.Read(List.of(withoutSecrets(object)));
      case Answer.Failed<JsonObject>(ApiFailure.Conflict conflict) when moved(type, trial) ->
          failed(conflict);
      case Answer.Failed<JsonObject>(ApiFailure failure) ->
          TrialRefusal.of(trial.patch().kind(), get.namespace(), failure);
    };
  }

  /** Of a JSON Patch the server does not say which test did not hold: ours, or one of its own. */
  private boolean moved(ResourceType<JsonObject> type, Query.Patched trial) {
    return switch (getAs(type, trial.get(), trial.account())) {
      case Reading.Read(List<LiveObject> objects) ->
          objects.isEmpty()
              || !objects.getFirst().resourceVersion().equals(trial.read().resourceVersion());
      case Reading.Failed _, Reading.UnknownKind _ -> true;
    };
  }

  // Nothing here needs what a Secret holds, so it is dropped where it comes in.
  private static LiveObject withoutSecrets(JsonObject object) {
    if (new LiveObject(object).kind().equals("Secret")) {
      for (String field : List.of("data", "stringData")) {
        if (object.get(field) instanceof JsonObject held) {
          held.keySet().forEach(key -> held.addProperty(key, "***"));
        }
      }
    }
    return new LiveObject(object);
  }

  private Reading list(ResourceType<JsonObject> type, String namespace, String labels) {
    Selector selector = Selector.namespace(namespace);
    Answer<List<JsonObject>> answer =
        reader.list(type, labels.isEmpty() ? selector : selector.withLabels(labels));
    return switch (answer) {
      case Answer.Ok<List<JsonObject>>(List<JsonObject> objects) ->
          new Reading.Read(objects.stream().map(object -> typed(object, type)).toList());
      case Answer.Failed<List<JsonObject>>(ApiFailure failure) -> failed(failure);
    };
  }

  /** Items of a list come without their kind. */
  private static LiveObject typed(JsonObject object, ResourceType<JsonObject> type) {
    object.addProperty("apiVersion", type.apiVersion());
    object.addProperty("kind", type.kind());
    return new LiveObject(object);
  }

  private static Reading failed(ApiFailure failure) {
    return new Reading.Failed(failure.message(), failure.asException());
  }
}
