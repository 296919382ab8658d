// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.Reply;
import java.io.IOException;
import java.util.Optional;

/** What a failure means for the question that met it. */
final class GithubTrouble {

  private GithubTrouble() {}

  static <T> Reply<T> answer(Repository about, IOException exception) {
    String where = about.repository();
    if (exception instanceof NotAFile other) {
      return new Reply.Wrong<>(
          PullRequestReason.ManifestNotFound,
          other.getMessage() + "; correct path in the policy's repositories");
    }
    Optional<GithubFailure> known = GithubFailure.behind(exception);
    if (known.isEmpty()) {
      return new Reply.NotNow<>(
          PullRequestReason.ForgeUnavailable,
          "what GitHub said of " + where + " is not understood",
          null,
          exception);
    }
    GithubFailure failure = known.get();
    return switch (failure.kind()) {
      case UNAVAILABLE ->
          new Reply.NotNow<>(
              PullRequestReason.ForgeUnavailable,
              "GitHub cannot be used for " + where + " now: " + failure.said(),
              null,
              failure);
      case LIMITED ->
          new Reply.NotNow<>(
              PullRequestReason.RateLimited, failure.said(), failure.after(), failure);
      case UNAUTHORIZED ->
          new Reply.NotNow<>(
              PullRequestReason.Unauthorized,
              "GitHub does not accept the credentials for "
                  + where
                  + "; mount valid ones under the name in the policy",
              null,
              failure);
      case FORBIDDEN ->
          new Reply.Wrong<>(
              PullRequestReason.NotPermitted,
              "GitHub does not let these credentials do this in "
                  + where
                  + " ("
                  + failure.said()
                  + "); they need to read and write contents and pull requests, and to write issues");
      case NOT_FOUND ->
          new Reply.Wrong<>(
              PullRequestReason.RepositoryNotFound,
              "there is no repository "
                  + where
                  + ", or the credentials cannot see it; correct repository or credentials in the"
                  + " policy's repositories");
      case MOVED ->
          new Reply.Wrong<>(
              PullRequestReason.RepositoryInvalid,
              where + " has moved; write its new owner/name as repository in the policy");
      case INVALID -> refused(where, failure.said());
      case NOT_SENT ->
          new Reply.Wrong<>(
              PullRequestReason.RepositoryInvalid,
              "GitHub's API is not called: "
                  + failure.said()
                  + "; correct heal8s.pr.github.api-url, heal8s.pr.github.allowed-cidrs, or apiUrl of the"
                  + " credentials");
    };
  }

  static <T> Reply<T> refused(String where, String said) {
    return new Reply.Wrong<>(
        PullRequestReason.ProposalRefused, "GitHub refused it in " + where + ": " + said);
  }

  /** Something at the path that is no file. */
  static final class NotAFile extends IOException {
    private static final long serialVersionUID = 1L;

    NotAFile(String path, String what) {
      super(path + " is " + what);
    }
  }
}
