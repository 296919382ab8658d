// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import io.heal8s.core.http.secret.Secret;
import java.util.Set;

/** Asks somebody who knows whose token it is. */
public interface TokenReviewer {
  /**
   * Judges a token.
   *
   * @param token the token
   * @return never throws: what cannot be judged is {@link Unreachable}
   */
  Review review(Secret token);

  /** What is known of a token. */
  sealed interface Review {}

  /**
   * The token belongs to somebody and is meant for us.
   *
   * @param user user name, such as {@code system:serviceaccount:monitoring:alertmanager}
   * @param groups groups of that user
   */
  record Known(String user, Set<String> groups) implements Review {
    /** Copies the groups. */
    public Known {
      groups = Set.copyOf(groups);
    }
  }

  /** The token belongs to nobody, has expired, or is meant for somebody else. */
  record Unknown() implements Review {}

  /** Nobody could be asked. */
  record Unreachable() implements Review {}
}
