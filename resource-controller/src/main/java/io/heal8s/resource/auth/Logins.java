// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Name and password for a token. */
public final class Logins {

  private final UserStore users;
  private final Passwords passwords;
  private final Tokens tokens;
  private final @Nullable Directory directory;

  /** Makes it; the directory may be null for none. */
  public Logins(
      UserStore users, Passwords passwords, Tokens tokens, @Nullable Directory directory) {
    this.users = users;
    this.passwords = passwords;
    this.tokens = tokens;
    this.directory = directory;
  }

  /** A token, if that is the password of an active user. */
  public Optional<Login> login(String username, String password)
      throws Directory.UnavailableException {
    Optional<User> found = users.find(username);
    boolean proven =
        found.isPresent() && found.get().source() == User.Source.LDAP
            ? isInDirectory(found.get(), password)
            : passwords.matches(password, found.map(User::passwordHash).orElse(null));
    if (!proven || found.isEmpty() || found.get().status() != User.Status.ACTIVE) {
      return Optional.empty();
    }
    users.loggedIn(found.get().id());
    return Optional.of(new Login(tokens.issue(found.get()), found.get()));
  }

  private boolean isInDirectory(User user, String password) throws Directory.UnavailableException {
    String bindName = user.bindName();
    return directory != null && bindName != null && directory.isPassword(bindName, password);
  }

  /**
   * A login.
   *
   * @param token bearer token
   * @param user whose it is
   */
  public record Login(String token, User user) {
    @Override
    public String toString() {
      return "Login[" + user.username() + "]";
    }
  }
}
