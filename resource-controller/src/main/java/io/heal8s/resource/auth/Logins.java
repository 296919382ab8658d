// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Name and password for a token. Everybody may try, so it is bounded what that costs. */
public final class Logins {

  private final UserStore users;
  private final Passwords passwords;
  private final Tokens tokens;
  private final @Nullable Directory directory;
  private final LoginThrottle throttle;
  private final CheckGate gate;
  private final CheckGate directoryGate;

  /**
   * Makes it.
   *
   * @param directory null for none
   * @param throttle slows down who guesses
   * @param gate for passwords that are checked here, by hard work
   * @param directoryGate for those that the directory checks, which only takes time
   */
  public Logins(
      UserStore users,
      Passwords passwords,
      Tokens tokens,
      @Nullable Directory directory,
      LoginThrottle throttle,
      CheckGate gate,
      CheckGate directoryGate) {
    this.users = users;
    this.passwords = passwords;
    this.tokens = tokens;
    this.directory = directory;
    this.throttle = throttle;
    this.gate = gate;
    this.directoryGate = directoryGate;
  }

  /** What became of a try. */
  public sealed interface Outcome {

    /** It is the password of an active user. */
    record In(Login login) implements Outcome {}

    /** It is not. */
    record Wrong() implements Outcome {}

    /**
     * It was not looked at.
     *
     * @param pause when it may be tried again
     */
    record NotNow(Duration pause) implements Outcome {}
  }

  /**
   * A token, if that is the password of an active user. Blocks.
   *
   * @param address of who tries, as a literal
   */
  public Outcome login(String username, String password, String address)
      throws Directory.UnavailableException {
    LoginThrottle.Key key = LoginThrottle.key(username, address);
    Duration pause = throttle.begin(key);
    if (pause.isPositive()) {
      return new Outcome.NotNow(pause);
    }
    try {
      return begun(key, username, password);
    } finally {
      throttle.ended(key);
    }
  }

  private Outcome begun(LoginThrottle.Key key, String username, String password)
      throws Directory.UnavailableException {
    Optional<User> found = users.find(username);
    boolean isElsewhere = found.isPresent() && found.get().source() == User.Source.LDAP;
    CheckGate way = isElsewhere ? directoryGate : gate;
    if (!way.entered()) {
      return new Outcome.NotNow(way.patience());
    }
    try {
      return checked(key, found, password);
    } finally {
      way.left();
    }
  }

  private Outcome checked(LoginThrottle.Key key, Optional<User> found, String password)
      throws Directory.UnavailableException {
    // Others may have failed with the same account while this one waited.
    Duration pause = throttle.pause(key);
    if (pause.isPositive()) {
      return new Outcome.NotNow(pause);
    }
    boolean proven =
        found.isPresent() && found.get().source() == User.Source.LDAP
            ? isInDirectory(found.get(), password)
            : passwords.matches(password, found.map(User::passwordHash).orElse(null));
    if (!proven || found.isEmpty() || found.get().status() != User.Status.ACTIVE) {
      throttle.failed(key);
      return new Outcome.Wrong();
    }
    throttle.succeeded(key);
    users.loggedIn(found.get().id());
    return new Outcome.In(new Login(tokens.issue(found.get()), found.get()));
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
