// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.Reply;
import java.util.Locale;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.jspecify.annotations.Nullable;

/** What a failed conversation with a remote means. */
final class GitTrouble {

  private static final int LONGEST = 300;

  private GitTrouble() {}

  /** The answer for a failure. */
  static <T> Reply<T> answer(RemoteAddress address, Exception failure) {
    String where = address.shown();
    return switch (failure) {
      case SshSessions.MissingCredentials missing ->
          new Reply.Wrong<>(PullRequestReason.CredentialsInvalid, said(missing));
      case OneFile.NotAFile other ->
          new Reply.Wrong<>(
              PullRequestReason.ManifestNotFound,
              said(other) + "; correct path in the policy's repositories");
      case NoRemoteRepositoryException _ ->
          new Reply.Wrong<>(
              PullRequestReason.RepositoryNotFound,
              "there is no repository at "
                  + where
                  + ", or the credentials cannot see it; correct repository or credentials in the"
                  + " policy's repositories");
      default -> bySaying(where, failure);
    };
  }

  private static <T> Reply<T> bySaying(String where, Exception failure) {
    // JGit has no exception types for these; its texts are all there is (JGitText, SshdText).
    String said = all(failure);
    if (said.contains("not permitted") || said.contains(" 403 ")) {
      return new Reply.Wrong<>(
          PullRequestReason.NotPermitted,
          where
              + " does not let these credentials do this; they need to read and to push branches");
    }
    if (said.contains("server key did not validate")) {
      return new Reply.Wrong<>(
          PullRequestReason.CredentialsInvalid,
          "the host key of " + where + " is not the one in known_hosts of the credentials");
    }
    if (said.contains("not authorized")
        || said.contains("authentication is required")
        || said.contains("cannot log in")
        || said.contains("auth fail")) {
      return new Reply.NotNow<>(
          PullRequestReason.Unauthorized,
          where + " does not accept the credentials; mount valid ones under the name in the policy",
          null,
          failure);
    }
    return new Reply.NotNow<>(
        PullRequestReason.ForgeUnavailable,
        where + " cannot be used now: " + said(failure),
        null,
        failure);
  }

  private static String all(Throwable failure) {
    StringBuilder texts = new StringBuilder();
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      texts.append(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT)).append('\n');
    }
    return texts.toString();
  }

  private static String said(Exception failure) {
    String message = failure.getMessage();
    String text = message == null ? failure.getClass().getSimpleName() : message.strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}
