// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An effect that was decided and is executed next; written before the effect begins so that a
 * process killed in between knows what to look up.
 *
 * @param type what is executed
 * @param planId plan that it belongs to
 * @param key deterministic key of the effect, by which it is found again
 * @param recordedAt when it was recorded
 * @param account ServiceAccount that the effect is made as, null for the operator's own
 * @param action type of the action that was let through; null for an undo, and where a release
 *     recorded it that did not keep this
 * @param actionSha256 digest of that whole action, by which an edit of {@code spec.action} is seen;
 *     null where {@code action} is
 */
public record RecordedIntent(
    Type type,
    @Nullable String planId,
    String key,
    OffsetDateTime recordedAt,
    @Nullable String account,
    @Nullable ActionType action,
    @Nullable String actionSha256) {

  /** The effects that the operator records before it begins them. */
  public enum Type {
    Apply,
    Undo
  }
}
