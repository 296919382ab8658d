// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Roles. Blocks; safe for any number of threads. */
public interface RoleStore {

  /** Creates a role with its permissions; empty when the name is taken. */
  Optional<Role> create(
      String name,
      @Nullable String description,
      Set<SystemPermission> system,
      List<Grant> permissions);

  Optional<Role> find(long id);

  List<Role> list(int limit);

  /** Changes what is not null. */
  Changed update(
      long id,
      @Nullable String name,
      @Nullable String description,
      @Nullable Set<SystemPermission> system);

  /** Users who had it have none; false when there is no such role. */
  boolean delete(long id);

  /** Adds a permission; empty when the role has one for that type and version. */
  Optional<Grant> addPermission(long roleId, Grant permission);

  /** Replaces the operations of a permission of that role; empty when there is none. */
  Optional<Grant> changePermission(long roleId, long permissionId, Set<Operation> operations);

  /** Takes a permission away; false when that role has none of that id. */
  boolean removePermission(long roleId, long permissionId);

  /** What became of a change. */
  sealed interface Changed {
    record Done(Role role) implements Changed {}

    record NameTaken() implements Changed {}

    record NotFound() implements Changed {}
  }
}
