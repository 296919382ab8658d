// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.pr.forge.github.GithubFailure.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;

/**
 * Gives a pull request what the policy wants it to have: reviewers, auto-merge, and labels last, so
 * that whoever finds it without labels knows that it is not done. What GitHub refuses becomes a
 * note for people; a pull request without a label is better than none.
 */
record Decorating(Place place) {

  private static final String AUTO_MERGE =
      """
      mutation AutoMerge($pull: EnablePullRequestAutoMergeInput!) {
        enablePullRequestAutoMerge(input: $pull) { pullRequest { number } }
      }
      """;

  /** All of it; the note, or null. */
  @Nullable String all(int number, String nodeId) throws IOException {
    return with(number, nodeId, place.inquiry().repository().labels());
  }

  /** What is missing, unless the labels say that nothing is. */
  @Nullable String missing(Reading reading, GHPullRequest pull) throws IOException {
    Collection<String> lacking = reading.lacks(pull);
    return lacking.isEmpty() ? null : with(pull.getNumber(), pull.getNodeId(), lacking);
  }

  private @Nullable String with(int number, String nodeId, Collection<String> labels)
      throws IOException {
    Repository wanted = place.inquiry().repository();
    List<String> notes = new ArrayList<>();
    if (!wanted.reviewers().isEmpty()) {
      tried(
          notes,
          "the reviewers could not be asked",
          () ->
              place
                  .client()
                  .post(
                      below("/pulls/" + number + "/requested_reviewers"),
                      reviewers(wanted.reviewers())));
    }
    if (Boolean.TRUE.equals(wanted.autoMerge())) {
      tried(notes, "auto-merge could not be switched on", () -> autoMerge(notes, nodeId));
    }
    if (!labels.isEmpty()) {
      JsonObject body = new JsonObject();
      body.add("labels", list(labels));
      tried(
          notes,
          "the labels could not be set",
          () -> place.client().post(below("/issues/" + number + "/labels"), body));
    }
    return notes.isEmpty() ? null : String.join("; ", notes);
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private static void tried(List<String> notes, String what, Step step) throws IOException {
    try {
      step.run();
    } catch (GithubFailure failure) {
      boolean refused =
          failure.kind() == Kind.INVALID
              || failure.kind() == Kind.FORBIDDEN
              || failure.kind() == Kind.NOT_FOUND;
      if (!refused) {
        throw failure;
      }
      notes.add(what + ": " + failure.said());
    }
  }

  private void autoMerge(List<String> notes, String nodeId) throws IOException {
    JsonObject pull = new JsonObject();
    pull.addProperty("pullRequestId", nodeId);
    pull.addProperty("mergeMethod", method());
    JsonObject variables = new JsonObject();
    variables.add("pull", pull);
    place.client().graphql().run(AUTO_MERGE, variables).problems().stream()
        .map(problem -> "auto-merge could not be switched on: " + problem.message())
        .forEach(notes::add);
  }

  /** The first way of merging that the repository allows. */
  private String method() {
    GHRepository repository = place.repository();
    if (repository.isAllowMergeCommit()) {
      return "MERGE";
    }
    return repository.isAllowSquashMerge()
        ? "SQUASH"
        : repository.isAllowRebaseMerge() ? "REBASE" : "MERGE";
  }

  /** A team is written {@code org/team}. */
  private static JsonObject reviewers(List<String> names) {
    JsonObject body = new JsonObject();
    body.add("reviewers", list(names.stream().filter(name -> !name.contains("/")).toList()));
    body.add(
        "team_reviewers",
        list(
            names.stream()
                .filter(name -> name.contains("/"))
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .toList()));
    return body;
  }

  private static JsonArray list(Collection<String> texts) {
    JsonArray list = new JsonArray();
    texts.forEach(list::add);
    return list;
  }

  private String below(String rest) {
    return "/repos/" + place.name() + rest;
  }
}
