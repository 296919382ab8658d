// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may log in.
 *
 * @param id given by the store
 * @param username unique
 * @param email null for unknown
 * @param displayName null for none
 * @param source where the user comes from
 * @param admin whether everything is allowed
 * @param status suspended users can do nothing
 * @param customRoleId role of a user who is no admin, null for none
 * @param passwordHash bcrypt; null for a user who proves who they are elsewhere
 * @param bindName distinguished name in the directory, null for none
 * @param createdAt when created
 * @param updatedAt when changed last
 * @param lastLoginAt null for never
 * @param lastSyncedAt when the directory was read last, null for never
 */
public record User(
    long id,
    String username,
    @Nullable String email,
    @Nullable String displayName,
    Source source,
    boolean admin,
    Status status,
    @Nullable Long customRoleId,
    @Nullable String passwordHash,
    @Nullable String bindName,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant lastLoginAt,
    @Nullable Instant lastSyncedAt) {

  /** Where users come from. */
  public enum Source {
    MANUAL,
    LDAP,
    OIDC
  }

  /** What they can do. */
  public enum Status {
    ACTIVE,
    SUSPENDED
  }

  /** Leaves the hash out. */
  @Override
  public String toString() {
    return "User[%d %s %s]".formatted(id, username, status);
  }
}
