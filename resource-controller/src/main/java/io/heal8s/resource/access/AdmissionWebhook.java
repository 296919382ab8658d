// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is asked before a resource is stored.
 *
 * @param id given by the store
 * @param name unique
 * @param url where to ask
 * @param kind whether it may change the spec
 * @param operations when it is asked: CREATE, UPDATE, DELETE
 * @param typeName only for that type; null for all
 * @param typeVersion only for that version; null for all
 * @param timeoutSeconds longest wait, 1 to 30
 * @param failurePolicy what happens when it does not answer
 * @param ordering lower ones are asked first
 * @param createdAt when created
 * @param updatedAt when changed last
 */
public record AdmissionWebhook(
    long id,
    String name,
    String url,
    Kind kind,
    Set<Operation> operations,
    @Nullable String typeName,
    @Nullable String typeVersion,
    int timeoutSeconds,
    FailurePolicy failurePolicy,
    int ordering,
    Instant createdAt,
    Instant updatedAt) {

  /** Whether it may change the spec. */
  public enum Kind {
    VALIDATING,
    MUTATING
  }

  /** What happens when it does not answer. */
  public enum FailurePolicy {
    FAIL,
    IGNORE
  }

  public AdmissionWebhook {
    operations = Set.copyOf(operations);
  }

  /** Whether it is asked about that. */
  public boolean concerns(Operation operation, String name, String version) {
    return operations.contains(operation)
        && (typeName == null || typeName.equals(name))
        && (typeVersion == null || typeVersion.equals(version));
  }
}
