// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.app;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import java.util.Base64;
import java.util.Optional;

/** Reads one entry of a Secret, by get and never by list: that is all that the rights allow. */
final class SecretReader {

  private static final ResourceType<JsonObject> SECRETS =
      ResourceType.untyped("", "v1", "Secret", "secrets", true);

  private final KubernetesReader reader;

  SecretReader(KubernetesReader reader) {
    this.reader = reader;
  }

  /** What came of a read. */
  sealed interface Entry {

    /** The value; never shown. */
    record Value(byte[] bytes) implements Entry {
      @Override
      public String toString() {
        return "Value";
      }
    }

    /**
     * It cannot be read until somebody changes something.
     *
     * @param message what to change
     */
    record Missing(String message) implements Entry {}

    /** The API server is away; the value may be as it was. */
    record Unknown() implements Entry {}
  }

  Entry read(String namespace, String name, String key) {
    Answer<Optional<JsonObject>> answer = reader.get(SECRETS, new ObjectKey(namespace, name));
    return switch (answer) {
      case Answer.Ok<Optional<JsonObject>>(Optional<JsonObject> found) ->
          found
              .map(secret -> entry(secret, name, key))
              .orElseGet(() -> new Entry.Missing("there is no Secret " + name));
      case Answer.Failed<Optional<JsonObject>>(ApiFailure failure) ->
          failure instanceof ApiFailure.Forbidden
              ? new Entry.Missing(
                  "Secret "
                      + name
                      + " may not be read: give the monitor's account the verb get on it by a Role"
                      + " with resourceNames: ["
                      + name
                      + "] in this namespace")
              : new Entry.Unknown();
    };
  }

  private static Entry entry(JsonObject secret, String name, String key) {
    JsonElement value = secret.get("data") instanceof JsonObject data ? data.get(key) : null;
    if (value == null || !value.isJsonPrimitive()) {
      return new Entry.Missing("Secret " + name + " has no entry " + key);
    }
    return new Entry.Value(Base64.getDecoder().decode(value.getAsString()));
  }
}
