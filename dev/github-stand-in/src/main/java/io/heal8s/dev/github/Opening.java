// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** Opens pull requests by the rules that both APIs share. */
record Opening(HostedRepository repository, String login) {

  sealed interface Result {}

  record Opened(HostedPullRequest pull) implements Result {}

  record Refused(String message) implements Result {}

  Result open(String head, String base, String title, String body) throws IOException {
    String branch = head.substring(head.indexOf(':') + 1);
    Optional<ObjectId> from = repository.branch(branch);
    Optional<ObjectId> to = repository.branch(base);
    if (from.isEmpty() || to.isEmpty()) {
      return new Refused("The " + (from.isEmpty() ? "head" : "base") + " branch does not exist");
    }
    if (from.get().equals(to.get())) {
      return new Refused("No commits between " + base + " and " + branch);
    }
    boolean there =
        repository.all().stream()
            .anyMatch(
                pull ->
                    pull.state() == HostedPullRequest.State.OPEN
                        && pull.head().equals(branch)
                        && pull.base().equals(base));
    return there
        ? new Refused(
            "A pull request already exists for " + repository.owner() + ":" + branch + ".")
        : new Opened(repository.open(branch, base, login, title, body));
  }
}
