// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Passwords as bcrypt keeps them. */
public final class Passwords {

  /** Bcrypt looks at no more bytes than these. */
  public static final int LONGEST_BYTES = 72;

  private static final int COST = 12;

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
   * @param hash null for a user that there is not: takes as long and is false
   */
  public boolean matches(String password, @Nullable String hash) {
    if (password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      return false;
    }
    try {
      boolean same = BCrypt.checkpw(password, hash == null ? nobody : hash);
      return same && hash != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
