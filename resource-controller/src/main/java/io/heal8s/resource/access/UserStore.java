// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.access;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users. Blocks; safe for any number of threads. */
public interface UserStore {

  /** How many there are. */
  long count();

  /** Creates one; empty when the name is taken. */
  Optional<User> create(NewUser user);

  Optional<User> find(long id);

  Optional<User> find(String username);

  /** Users by id; null lets all through. */
  List<User> list(
      User.@Nullable Source source,
      @Nullable Boolean admin,
      User.@Nullable Status status,
      int limit);

  /** Replaces what can change; empty when there is no such user. */
  Optional<User> update(long id, Change change);

  /** Notes a login. */
  void loggedIn(long id);

  /**
   * Creates or updates a user of a directory or an issuer by name; null when a local one has it.
   */
  @Nullable Synced sync(NewUser user);

  /** Who calls with a token of that user: active, with the role as it is now. */
  Optional<Caller> caller(long id);

  /**
   * A user to be.
   *
   * @param username unique
   * @param passwordHash bcrypt, null for none
   * @param email null for unknown
   * @param displayName null for none
   * @param admin whether everything is allowed
   * @param customRoleId role, null for none
   * @param source where the user comes from
   * @param bindName distinguished name, null for none
   */
  record NewUser(
      String username,
      @Nullable String passwordHash,
      @Nullable String email,
      @Nullable String displayName,
      boolean admin,
      @Nullable Long customRoleId,
      User.Source source,
      @Nullable String bindName) {

    @Override
    public String toString() {
      return "NewUser[" + username + "]";
    }
  }

  /**
   * A user as they shall be.
   *
   * @param passwordHash null keeps it
   * @param email null for unknown
   * @param displayName null for none
   * @param admin whether everything is allowed
   * @param status status
   * @param customRoleId role, null for none
   */
  record Change(
      @Nullable String passwordHash,
      @Nullable String email,
      @Nullable String displayName,
      boolean admin,
      User.Status status,
      @Nullable Long customRoleId) {

    @Override
    public String toString() {
      return "Change[" + status + "]";
    }
  }

  /**
   * A user after a look into the directory.
   *
   * @param user as stored
   * @param created whether they are new
   */
  record Synced(User user, boolean created) {}
}
