// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHPullRequest;

/**
 * Closes a pull request of ours, says why, and deletes its branch if it still points to what was
 * read: all by one mutation.
 */
record Withdrawing(Place place, String why) {

  private static final String NOBODY = "0000000000000000000000000000000000000000";

  private static final String CLOSE =
      """
      mutation Withdraw($pull: ClosePullRequestInput!, $why: AddCommentInput!) {
        closePullRequest(input: $pull) { pullRequest { number } }
        addComment(input: $why) { clientMutationId }
      }
      """;

  private static final String CLOSE_AND_DELETE =
      """
      mutation Withdraw(
        $pull: ClosePullRequestInput!, $why: AddCommentInput!, $branch: UpdateRefsInput!
      ) {
        closePullRequest(input: $pull) { pullRequest { number } }
        addComment(input: $why) { clientMutationId }
        updateRefs(input: $branch) { clientMutationId }
      }
      """;

  private static final String DELETE =
      """
      mutation Withdraw($branch: UpdateRefsInput!) {
        updateRefs(input: $branch) { clientMutationId }
      }
      """;

  private static final String OF_OTHERS = "the branch was left, because somebody else pushed to it";

  Reply<Sighting> withdraw() throws IOException {
    Reading reading = new Reading(place);
    Reading.Found found = reading.find();
    GHPullRequest pull = found.pull();
    if (pull == null && found.own() != null && !found.isForeign()) {
      return unfinished(found);
    }
    if (pull == null || found.isForeign() || !found.isOpen()) {
      return new Reply.Known<>(reading.sighting(found));
    }
    Sighting.Details details = reading.details(found, pull);
    boolean untouched =
        details.tipSHA() != null && details.tipSHA().equals(details.headSHA()) && isOnlyOurs(found);
    Graphql.Answer answer =
        place
            .client()
            .graphql()
            .run(
                untouched ? CLOSE_AND_DELETE : CLOSE,
                variables(pull, untouched ? details.tipSHA() : null));
    if (answer.of("closePullRequest").isPresent()) {
      // Merged or closed by somebody at this moment.
      return new Reply.Known<>(reading.sighting(reading.find()));
    }
    boolean left = !untouched || answer.of("updateRefs").isPresent();
    return new Reply.Known<>(new Sighting.Closed(details, null, left ? OF_OTHERS : null));
  }

  private static boolean isOnlyOurs(Reading.Found found) {
    return found.own() == null || found.own().equals(found.tip());
  }

  private Reply<Sighting> unfinished(Reading.Found found) throws IOException {
    Inquiry inquiry = place.inquiry();
    Sighting.Details details =
        new Sighting.Details(null, null, found.own(), found.tip(), inquiry.baseSHA(), null);
    boolean left = !isOnlyOurs(found) || found.tip() == null;
    if (!left) {
      JsonObject variables = new JsonObject();
      variables.add("branch", deletion(String.valueOf(found.tip())));
      left = place.client().graphql().run(DELETE, variables).of("updateRefs").isPresent();
    }
    return new Reply.Known<>(new Sighting.Closed(details, null, left ? OF_OTHERS : null));
  }

  private JsonObject variables(GHPullRequest pull, @Nullable String tip) {
    JsonObject close = new JsonObject();
    close.addProperty("pullRequestId", pull.getNodeId());
    JsonObject comment = new JsonObject();
    comment.addProperty("subjectId", pull.getNodeId());
    comment.addProperty("body", "Closed by heal8s: " + why + ".");
    JsonObject variables = new JsonObject();
    variables.add("pull", close);
    variables.add("why", comment);
    Optional.ofNullable(tip).ifPresent(from -> variables.add("branch", deletion(from)));
    return variables;
  }

  private JsonObject deletion(String from) {
    JsonObject update = new JsonObject();
    update.addProperty("name", "refs/heads/" + place.inquiry().branch());
    update.addProperty("beforeOid", from);
    update.addProperty("afterOid", NOBODY);
    JsonArray updates = new JsonArray();
    updates.add(update);
    JsonObject input = new JsonObject();
    input.addProperty("repositoryId", place.repository().getNodeId());
    input.add("refUpdates", updates);
    return input;
  }
}
