// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.forge.CredentialsDirectory;
import io.heal8s.pr.forge.Forge;
import io.heal8s.pr.forge.ForgeMetrics;
import io.heal8s.pr.intent.BaseFile;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Proposal;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.Sighting;
import io.heal8s.pr.intent.View;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.kohsuke.github.GHException;

/** GitHub, by {@code owner/name}; see the package. */
public final class GithubForge implements Forge, AutoCloseable {

  /** How much later than its betters a less urgent proposal comes back after a limit. */
  private static final Duration STEP = Duration.ofSeconds(2);

  private final GithubSettings settings;
  private final CredentialsDirectory credentials;
  private final ForgeMetrics metrics;
  private final Clients clients;

  /**
   * GitHub over the network.
   *
   * @param clock for the ends of limits
   * @param metrics of this forge
   */
  public GithubForge(
      GithubSettings settings,
      CredentialsDirectory credentials,
      InstantSource clock,
      ForgeMetrics metrics) {
    this.settings = settings;
    this.credentials = credentials;
    this.metrics = metrics;
    this.clients = new Clients(settings, clock, metrics);
  }

  @Override
  public String id() {
    return "github";
  }

  @Override
  public Reply<View> look(Inquiry inquiry) {
    return at(
        inquiry,
        place -> {
          Reading reading = new Reading(place);
          Sighting sighting = reading.sighting(reading.find());
          BaseFile base = null;
          if (inquiry.withBase()) {
            String commit = place.base();
            base = new BaseFile(commit, place.file(commit));
          }
          return new Reply.Known<>(new View(base, sighting));
        });
  }

  @Override
  public Reply<Sighting> open(Proposal proposal) {
    Reply<Sighting> reply = at(proposal.inquiry(), place -> new Opening(place, proposal).open());
    if (reply instanceof Reply.NotNow<Sighting>(var reason, var message, Duration after, var cause)
        && reason == PullRequestReason.RateLimited) {
      Duration later = after.plus(STEP.multipliedBy(proposal.urgency().ordinal()));
      return new Reply.NotNow<>(reason, message, later, cause);
    }
    return reply;
  }

  @Override
  public Reply<Sighting> withdraw(Inquiry inquiry, String why) {
    return at(inquiry, place -> new Withdrawing(place, why).withdraw());
  }

  /** Something done at a place. */
  @FunctionalInterface
  private interface Use<T> {
    Reply<T> at(Place place) throws IOException;
  }

  private <T> Reply<T> at(Inquiry inquiry, Use<T> use) {
    Repository wanted = inquiry.repository();
    Reply<T> reply =
        RepositoryName.parse(wanted.repository())
            .then(
                name ->
                    credentials
                        .find(wanted.credentials(), wanted.repository())
                        .then(mounted -> Credentials.of(mounted, settings))
                        .then(found -> at(inquiry, name, found, use)));
    switch (reply) {
      case Reply.NotNow<T> notNow -> metrics.error(notNow.reason());
      case Reply.Wrong<T> wrong -> metrics.error(wrong.reason());
      case Reply.Known<T> _ -> {}
    }
    return reply;
  }

  private <T> Reply<T> at(Inquiry inquiry, RepositoryName name, Credentials found, Use<T> use) {
    GithubClient client;
    try {
      client = clients.of(found, name);
    } catch (IOException unusable) {
      return new Reply.Wrong<>(
          PullRequestReason.CredentialsInvalid,
          "credentials '" + found.name() + "': " + unusable.getMessage());
    }
    try {
      return use.at(
          new Place(client, name, client.repository(name), inquiry, settings.longestFile()));
    } catch (Place.NoBaseBranch missing) {
      return new Reply.Wrong<>(
          PullRequestReason.BaseBranchNotFound,
          "%s has no branch %s; correct baseBranch in the policy's repositories"
              .formatted(name, missing.getMessage()));
    } catch (IOException failure) {
      return trouble(client, name, inquiry.repository(), failure);
    } catch (GHException failure) {
      // The library's lists hide what they met.
      return trouble(client, name, inquiry.repository(), new IOException(failure));
    }
  }

  private <T> Reply<T> trouble(
      GithubClient client, RepositoryName name, Repository about, IOException failure) {
    GithubFailure.behind(failure)
        .ifPresent(
            known -> {
              switch (known.kind()) {
                case UNAUTHORIZED -> clients.forget(client, name);
                case NOT_FOUND, MOVED -> client.forget(name);
                case UNAVAILABLE, LIMITED, FORBIDDEN, INVALID, NOT_SENT -> {}
              }
            });
    return GithubTrouble.answer(about, failure);
  }

  @Override
  public void close() {
    clients.close();
  }
}
