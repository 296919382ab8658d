// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the first administrator where there is no user at all. */
public final class FirstAdmin {

  private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

  private final UserStore users;
  private final Passwords passwords;

  /** Makes it. */
  public FirstAdmin(UserStore users, Passwords passwords) {
    this.users = users;
    this.passwords = passwords;
  }

  /** Does it, if there is no user; two processes at once make one. */
  public void ensure(@Nullable String username, Secret password) {
    if (username == null || users.count() > 0) {
      return;
    }
    users
        .create(
            new UserStore.NewUser(
                username,
                passwords.hash(password.reveal()),
                null,
                null,
                true,
                null,
                User.Source.MANUAL,
                null))
        .ifPresent(admin -> log.info("created the first administrator {}", admin.username()));
  }
}
