// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** State of a pull request; guarded by its repository. */
final class HostedPullRequest {

  enum State {
    OPEN,
    CLOSED,
    MERGED
  }

  private final HostedRepository repository;
  private final int number;
  private final String head;
  private final String base;
  private final String author;
  private final Instant openedAt;
  private ObjectId headSha;
  private State state = State.OPEN;
  private @Nullable ObjectId mergeCommit;
  private @Nullable Instant closedAt;
  private @Nullable String autoMerge;
  private String title;
  private String body;
  private final Set<String> labels = new LinkedHashSet<>();
  private final Set<String> reviewers = new LinkedHashSet<>();
  private final Set<String> teams = new LinkedHashSet<>();
  private final List<String> comments = new ArrayList<>();

  HostedPullRequest(
      HostedRepository repository,
      int number,
      String head,
      String base,
      ObjectId headSha,
      String author,
      Instant openedAt,
      String title,
      String body) {
    this.repository = repository;
    this.number = number;
    this.head = head;
    this.base = base;
    this.headSha = headSha;
    this.author = author;
    this.openedAt = openedAt;
    this.title = title;
    this.body = body;
  }

  String nodeId() {
    return "PR_" + repository.id() + "_" + number;
  }

  HostedRepository repository() {
    return repository;
  }

  int number() {
    return number;
  }

  String head() {
    return head;
  }

  String base() {
    return base;
  }

  String author() {
    return author;
  }

  Instant openedAt() {
    return openedAt;
  }

  ObjectId headSha() {
    return headSha;
  }

  State state() {
    return state;
  }

  @Nullable ObjectId mergeCommit() {
    return mergeCommit;
  }

  @Nullable Instant closedAt() {
    return closedAt;
  }

  @Nullable String autoMerge() {
    return autoMerge;
  }

  String title() {
    return title;
  }

  String body() {
    return body;
  }

  Set<String> labels() {
    return labels;
  }

  Set<String> reviewers() {
    return reviewers;
  }

  Set<String> teams() {
    return teams;
  }

  List<String> comments() {
    return comments;
  }

  void moved(ObjectId to) {
    headSha = to;
  }

  void closed(Instant at) {
    state = State.CLOSED;
    closedAt = at;
  }

  void merged(ObjectId commit, Instant at) {
    state = State.MERGED;
    mergeCommit = commit;
    closedAt = at;
  }

  void edited(@Nullable String newTitle, @Nullable String newBody) {
    title = newTitle == null ? title : newTitle;
    body = newBody == null ? body : newBody;
  }

  void mergesItself(@Nullable String method) {
    autoMerge = method;
  }

  PullView view() {
    return new PullView(
        number,
        state.name().toLowerCase(Locale.ROOT),
        title,
        body,
        head,
        headSha.name(),
        List.copyOf(labels),
        List.copyOf(reviewers),
        List.copyOf(teams),
        List.copyOf(comments),
        autoMerge);
  }
}
