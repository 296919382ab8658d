// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import com.google.gson.JsonObject;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.forge.github.Graphql.Answer;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Proposal;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHTreeBuilder;

/**
 * Makes a pull request. Tree and commit are made first, where nobody sees them; then one mutation
 * makes the branch, which is refused where there is one, and the pull request. So a branch never
 * exists without its marked commit, whose only parent is the proposal's base.
 */
record Opening(Place place, Proposal proposal) {

  private static final String BEFORE =
      """
      query Before($owner: String!, $name: String!, $base: GitObjectID!, $path: String!) {
        repository(owner: $owner, name: $name) {
          object(oid: $base) { ... on Commit { tree { oid } file(path: $path) { mode } } }
        }
      }
      """;

  private static final String OPEN =
      """
      mutation Open($branch: CreateRefInput!, $pull: CreatePullRequestInput!) {
        createRef(input: $branch) { ref { name } }
        createPullRequest(input: $pull) { pullRequest { id number url createdAt } }
      }
      """;

  private static final String CLOSE =
      """
      mutation Close($pull: ClosePullRequestInput!) {
        closePullRequest(input: $pull) { pullRequest { number } }
      }
      """;

  private static final int REGULAR = 0100644;
  private static final int EXECUTABLE = 0100755;

  Reply<Sighting> open() throws IOException {
    String commit = commit();
    if (commit == null) {
      return changedMeanwhile();
    }
    Answer answer = place.client().graphql().run(OPEN, variables(commit));
    Optional<JsonObject> made = answer.at("createPullRequest", "pullRequest");
    if (made.isPresent() && answer.at("createRef", "ref").isPresent()) {
      return opened(made.get(), commit);
    }
    return otherwise(answer, made.orElse(null));
  }

  /** A commit on top of the base that no branch has yet; null when the base is not there. */
  private @Nullable String commit() throws IOException {
    JsonObject variables = new JsonObject();
    variables.addProperty("owner", place.name().owner());
    variables.addProperty("name", place.name().name());
    variables.addProperty("base", proposal.baseCommit());
    variables.addProperty("path", path());
    Answer before = place.client().graphql().run(BEFORE, variables);
    Optional<JsonObject> tree = before.at("repository", "object", "tree");
    Optional<JsonObject> file = before.at("repository", "object", "file");
    if (tree.isEmpty() || file.isEmpty()) {
      return null;
    }
    int mode = file.get().get("mode").getAsInt();
    if (mode != REGULAR && mode != EXECUTABLE) {
      throw new GithubTrouble.NotAFile(path(), "no regular file");
    }
    return place
        .repository()
        .createCommit()
        .message(proposal.text().commitMessage())
        .tree(tree(tree.get().get("oid").getAsString(), mode == EXECUTABLE))
        .parent(proposal.baseCommit())
        .create()
        .getSHA1();
  }

  private String tree(String base, boolean executable) throws IOException {
    byte[] bytes = proposal.content().bytes();
    GHTreeBuilder tree = place.repository().createTree().baseTree(base);
    String text = text(bytes);
    // A text travels with the tree; other bytes need a request of their own.
    if (text == null) {
      return tree.add(path(), bytes, executable).create().getSha();
    }
    return tree.textEntry(path(), text, executable).create().getSha();
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  private String path() {
    return proposal.inquiry().repository().path();
  }

  private JsonObject variables(String commit) {
    Inquiry inquiry = proposal.inquiry();
    JsonObject branch = new JsonObject();
    branch.addProperty("repositoryId", place.repository().getNodeId());
    branch.addProperty("name", "refs/heads/" + inquiry.branch());
    branch.addProperty("oid", commit);
    JsonObject pull = new JsonObject();
    pull.addProperty("repositoryId", place.repository().getNodeId());
    pull.addProperty("baseRefName", inquiry.repository().baseBranch());
    pull.addProperty("headRefName", inquiry.branch());
    pull.addProperty("title", proposal.text().title());
    pull.addProperty("body", proposal.text().body());
    JsonObject variables = new JsonObject();
    variables.add("branch", branch);
    variables.add("pull", pull);
    return variables;
  }

  private Reply<Sighting> opened(JsonObject made, String commit) throws IOException {
    String note =
        new Decorating(place).all(made.get("number").getAsInt(), made.get("id").getAsString());
    Sighting.Details details =
        new Sighting.Details(
            made.get("number").getAsInt(),
            made.get("url").getAsString(),
            commit,
            commit,
            proposal.baseCommit(),
            Instant.parse(made.get("createdAt").getAsString()));
    return new Reply.Known<>(new Sighting.Open(details, note));
  }

  /** Somebody was there before, perhaps we ourselves; what is there now decides. */
  private Reply<Sighting> otherwise(Answer answer, @Nullable JsonObject made) throws IOException {
    Reading reading = new Reading(place);
    Reading.Found found = reading.search();
    GHPullRequest pull = found.pull();
    if (found.isForeign() && made != null) {
      // Our pull request for the branch that somebody made a moment before us.
      close(made);
    }
    if (found.isOpen() && !found.isForeign() && pull != null) {
      String note = new Decorating(place).missing(reading, pull);
      return new Reply.Known<>(new Sighting.Open(reading.details(found, pull), note));
    }
    Sighting sighting = reading.sighting(found);
    boolean there =
        !(sighting instanceof Sighting.Nothing) && !(sighting instanceof Sighting.Unfinished);
    if (there) {
      return new Reply.Known<>(sighting);
    }
    Optional<Graphql.Problem> why =
        sighting instanceof Sighting.Nothing
            ? answer.of("createRef")
            : answer.of("createPullRequest");
    return why.isEmpty() || why.get().message().contains("already exists")
        ? changedMeanwhile()
        : GithubTrouble.refused(place.name().toString(), why.get().message());
  }

  private void close(JsonObject made) throws IOException {
    JsonObject pull = new JsonObject();
    pull.addProperty("pullRequestId", made.get("id").getAsString());
    JsonObject variables = new JsonObject();
    variables.add("pull", pull);
    place.client().graphql().run(CLOSE, variables);
  }

  private static Reply<Sighting> changedMeanwhile() {
    return new Reply.NotNow<>(
        PullRequestReason.ChangedMeanwhile,
        "the repository changed while it was written to; it is read again",
        null,
        null);
  }
}
