// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.status;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.observe.OwnWrites;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Objects;

/**
 * Writes one controller's part of the status of one kind, and only when it differs from what was
 * read. A written version is remembered in {@link OwnWrites}, so that the next run waits until the
 * cache shows it.
 *
 * @param <T> the kind
 */
public final class StatusWriter<T> {

  /** What came of a write. */
  public sealed interface Written {

    /** The status was written. */
    record Changed() implements Written {}

    /** It was equal already; nothing was sent. */
    record Unchanged() implements Written {}

    /** The server refused: a conflict means that the object changed since it was read. */
    record Refused(ApiFailure failure) implements Written {}
  }

  private final ResourceType<T> type;
  private final ServerSideApplier applier;
  private final OwnWrites ownWrites;

  /**
   * @param type the kind
   * @param applier with the controller's field manager
   * @param ownWrites asked by the controller's observer before it decides
   */
  public StatusWriter(ResourceType<T> type, ServerSideApplier applier, OwnWrites ownWrites) {
    this.type = type;
    this.applier = applier;
    this.ownWrites = ownWrites;
  }

  /**
   * Writes our part of the status under the uid and resourceVersion that were read.
   *
   * @param read the object as it was observed
   * @param heldPart our fields of its status as observed
   * @param wantedPart our fields as they should be; a field of ours that is null goes away
   */
  public Written write(T read, Object heldPart, Object wantedPart) {
    if (SameStatus.same(heldPart, wantedPart)) {
      return new Written.Unchanged();
    }
    V1ObjectMeta metadata = type.metadata().apply(read);
    ObjectKey key = ObjectKey.of(metadata);
    Answer<T> answer = applier.applyStatus(type, key, Precondition.unchanged(metadata), wantedPart);
    return switch (answer) {
      case Answer.Ok<T>(T written) -> {
        ownWrites.wrote(
            key, Objects.requireNonNull(type.metadata().apply(written).getResourceVersion()));
        yield new Written.Changed();
      }
      case Answer.Failed<T>(ApiFailure failure) -> new Written.Refused(failure);
    };
  }
}
