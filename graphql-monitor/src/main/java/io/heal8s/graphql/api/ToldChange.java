// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.history.AppChange;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schema's {@code Change}: a change and whose it is.
 *
 * @param app which object
 * @param uid its uid
 * @param change what happened
 * @param polledHere whether this process saw it itself, and not only what another one recorded
 */
public record ToldChange(ObjectKey app, String uid, AppChange change, boolean polledHere) {

  static ToldChange of(TargetApp app, AppChange change, boolean polledHere) {
    return new ToldChange(
        ObjectKey.of(app.getMetadata()),
        Objects.requireNonNullElse(app.getMetadata().getUid(), ""),
        change,
        polledHere);
  }

  /** Namespace of the app. */
  public String namespace() {
    return app.namespace();
  }

  /** Name of the app. */
  public String name() {
    return app.name();
  }

  /** What happened. */
  public AppChange.Kind kind() {
    return change.kind();
  }

  /** When it was seen. */
  public Instant at() {
    return change.at();
  }

  /** Number of the last recorded change. */
  public int sequence() {
    return AppView.clamped(change.sequence());
  }

  /** What changed. */
  public List<AppChange.Field> fields() {
    return change.fields();
  }

  /** How many more fields changed. */
  public int moreFields() {
    return change.moreFields();
  }

  /** Why the state is not known. */
  public @Nullable String reason() {
    return change.reason();
  }

  /** The same for people. */
  public @Nullable String message() {
    return change.message();
  }

  /** Names of the Remediations that it asks for. */
  public List<String> remediations() {
    return change.remediations();
  }
}
