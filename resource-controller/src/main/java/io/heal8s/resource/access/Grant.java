// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import java.util.Set;

/**
 * What a role allows on some types.
 *
 * @param id given by the store
 * @param typeName name of a type or {@code *}
 * @param typeVersion version of it or {@code *}
 * @param operations what is allowed
 */
public record Grant(long id, String typeName, String typeVersion, Set<Operation> operations) {

  /** Every type or version. */
  public static final String ANY = "*";

  public Grant {
    operations = Set.copyOf(operations);
  }

  /** Whether it allows that. */
  public boolean covers(Operation operation, String name, String version) {
    return operations.contains(operation)
        && (typeName.equals(ANY) || typeName.equals(name))
        && (typeVersion.equals(ANY) || typeVersion.equals(version));
  }
}
