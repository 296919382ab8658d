// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Passwords as bcrypt keeps them. */
public final class Passwords {

  /** Bcrypt looks at no more bytes than these. */
  public static final int LONGEST_BYTES = 72;

  private static final int COST = 12;
  private static final String TOO_LONG = "longer than a password may be";

  private final String nobody = hash("nobody has this password");

  /** Makes them. */
  public Passwords() {}

  /** The hash of a password. */
  public String hash(String password) {
    return BCrypt.hashpw(password, BCrypt.gensalt(COST));
  }

  /**
   * Whether it is that password.
   *
   * @param hash null for a user that there is not: takes as long and is false, as does a password
   *     over {@link #LONGEST_BYTES}
   */
  public boolean matches(String password, @Nullable String hash) {
    boolean fits = password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES;
    try {
      // The work is done for one that is too long, too: no failure is cheap to make.
      boolean same = BCrypt.checkpw(fits ? password : TOO_LONG, hash == null ? nobody : hash);
      return same && fits && hash != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
