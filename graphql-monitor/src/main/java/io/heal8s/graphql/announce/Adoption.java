// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.JsonPatch;
import io.heal8s.core.effect.JsonPatcher;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ServedKinds;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over an object of the original: its framework's finalizer would keep the object from being
 * deleted for ever, and its note of the last handled configuration says nothing any more.
 */
final class Adoption {

  /** The finalizer that the original's framework puts on every object. */
  static final String FINALIZER = "kopf.zalando.org/KopfFinalizerMarker";

  private static final String ANNOTATION = "kopf.zalando.org/last-handled-configuration";
  private static final Logger log = LoggerFactory.getLogger(Adoption.class);

  private final JsonPatcher patcher;
  private final CurrentApps apps;

  Adoption(JsonPatcher patcher, CurrentApps apps) {
    this.patcher = patcher;
    this.apps = apps;
  }

  static boolean isNeeded(TargetApp app) {
    List<String> finalizers = app.getMetadata().getFinalizers();
    return finalizers != null && finalizers.contains(FINALIZER);
  }

  @Nullable ApiFailure release(TargetApp app) {
    V1ObjectMeta metadata = app.getMetadata();
    List<String> finalizers = metadata.getFinalizers();
    int at = finalizers == null ? -1 : finalizers.indexOf(FINALIZER);
    if (at < 0) {
      return null;
    }
    String pointer = JsonPatch.pointer("metadata", "finalizers", at);
    JsonPatch patch = JsonPatch.EMPTY.test(pointer, FINALIZER).remove(pointer);
    Map<String, String> annotations = metadata.getAnnotations();
    if (annotations != null && annotations.containsKey(ANNOTATION)) {
      patch = patch.remove(JsonPatch.pointer("metadata", "annotations", ANNOTATION));
    }
    ObjectKey key = ObjectKey.of(metadata);
    Answer<TargetApp> answer =
        patcher.patch(ServedKinds.TARGET_APPS, key, Precondition.unchanged(metadata), patch);
    return switch (answer) {
      case Answer.Ok<TargetApp>(TargetApp released) -> {
        apps.wrote(released);
        log.atInfo().addKeyValue("key", key).log("Taken over from the original");
        yield null;
      }
      case Answer.Failed<TargetApp>(ApiFailure failure) ->
          failure instanceof ApiFailure.NotFound ? null : failure;
    };
  }
}
