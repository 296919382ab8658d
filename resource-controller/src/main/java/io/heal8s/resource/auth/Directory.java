// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory that knows users and their passwords. Blocks. */
public interface Directory {

  /** Everybody in it. */
  List<Entry> users() throws UnavailableException;

  /** Whether that is the password of whoever has that distinguished name. */
  boolean isPassword(String bindName, String password) throws UnavailableException;

  /**
   * Somebody in a directory.
   *
   * @param username name here
   * @param bindName distinguished name
   * @param email null for unknown
   * @param displayName null for none
   */
  record Entry(
      String username, String bindName, @Nullable String email, @Nullable String displayName) {}

  /** The directory does not answer. */
  final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnavailableException(Throwable cause) {
      super("LDAP is not available", cause);
    }
  }
}
