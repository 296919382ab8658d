// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import io.heal8s.resource.model.ResourceQuery.TypePattern;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as the store has them at this moment.
 *
 * @param userId id of the user; null for nobody in particular, where nothing is protected
 * @param username name for people
 * @param admin whether everything is allowed
 * @param grants of the role
 * @param systemPermissions of the role
 */
public record Caller(
    @Nullable Long userId,
    String username,
    boolean admin,
    List<Grant> grants,
    Set<SystemPermission> systemPermissions) {

  /** Whoever calls where authentication is switched off: everything is allowed. */
  public static final Caller ANYBODY = new Caller(null, "anonymous", true, List.of(), Set.of());

  public Caller {
    grants = List.copyOf(grants);
    systemPermissions = Set.copyOf(systemPermissions);
  }

  /** Whether this is allowed on resources of that type. */
  public boolean may(Operation operation, String typeName, String typeVersion) {
    return admin
        || grants.stream().anyMatch(grant -> grant.covers(operation, typeName, typeVersion));
  }

  /** Whether that may be seen. */
  public boolean may(SystemPermission permission) {
    return admin || systemPermissions.contains(permission);
  }

  /** Types that may be read; null for all. */
  public @Nullable List<TypePattern> readable() {
    return admin
        ? null
        : grants.stream()
            .filter(grant -> grant.operations().contains(Operation.READ))
            .map(grant -> new TypePattern(grant.typeName(), grant.typeVersion()))
            .toList();
  }
}
