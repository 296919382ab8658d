// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.Reply;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code owner/name} of a repository. */
record RepositoryName(String owner, String name) {

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9-_]{0,99})/([A-Za-z0-9._-]{1,100})");

  static Reply<RepositoryName> parse(String text) {
    Matcher parts = FORM.matcher(text);
    boolean good = parts.matches() && !parts.group(2).equals(".") && !parts.group(2).equals("..");
    return good
        ? new Reply.Known<>(new RepositoryName(parts.group(1), parts.group(2)))
        : new Reply.Wrong<>(
            PullRequestReason.RepositoryInvalid,
            "'%s' is no repository at GitHub; write owner/name as repository in the policy's repositories"
                .formatted(text));
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
