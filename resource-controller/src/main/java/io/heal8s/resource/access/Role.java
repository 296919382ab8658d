// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the users who have it may do.
 *
 * @param id given by the store
 * @param name unique
 * @param description for people, null for none
 * @param systemPermissions what may be seen beyond resources
 * @param permissions what may be done to resources
 * @param createdAt when created
 * @param updatedAt when changed last
 */
public record Role(
    long id,
    String name,
    @Nullable String description,
    Set<SystemPermission> systemPermissions,
    List<Grant> permissions,
    Instant createdAt,
    Instant updatedAt) {

  public Role {
    systemPermissions = Set.copyOf(systemPermissions);
    permissions = List.copyOf(permissions);
  }
}
