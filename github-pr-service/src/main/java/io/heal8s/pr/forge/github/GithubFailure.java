// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that was not answered as hoped. The message holds nothing that is secret. */
final class GithubFailure extends IOException {

  private static final long serialVersionUID = 1L;

  /** What kind of failure. */
  enum Kind {
    /** No answer, or GitHub itself is in trouble. */
    UNAVAILABLE,
    /** A limit; it passes. */
    LIMITED,
    /** The credentials count for nothing. */
    UNAUTHORIZED,
    /** The credentials are good but not for this. */
    FORBIDDEN,
    /** There is no such thing, or the credentials do not see it. */
    NOT_FOUND,
    /** It has another address now. */
    MOVED,
    /** Against GitHub's rules, or those of the repository. */
    INVALID,
    /** Our own guard did not let the request out. */
    NOT_SENT
  }

  private final Kind kind;
  private final transient @Nullable Duration after;

  GithubFailure(Kind kind, String message, @Nullable Duration after) {
    super(message);
    this.kind = kind;
    this.after = after;
  }

  Kind kind() {
    return kind;
  }

  /** When to come back as GitHub said; null when it did not. */
  @Nullable Duration after() {
    return after;
  }

  String said() {
    return String.valueOf(getMessage());
  }

  /** The failure behind an exception of the client library. */
  static Optional<GithubFailure> behind(@Nullable Throwable exception) {
    for (@Nullable Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof GithubFailure failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }

  /** Whether an exception says that there is no such thing. */
  static boolean isNotFound(Throwable exception) {
    return behind(exception).map(failure -> failure.kind() == Kind.NOT_FOUND).orElse(false);
  }
}
