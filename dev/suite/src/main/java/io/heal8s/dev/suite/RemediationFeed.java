// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.suite;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationList;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Watchable;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Watches the one Remediation of a namespace and tells what changes. Thread-safe; stops when
 * closed.
 */
public final class RemediationFeed implements AutoCloseable {

  private final GenericKubernetesApi<Remediation, RemediationList> api;
  private final String namespace;
  private final Consumer<String> told;
  private final InstantSource clock;
  private final Thread thread;

  // Guarded by this: everything that was seen, in order, and where the last one is that a caller
  // was given.
  private final List<Sighting> sightings = new ArrayList<>();
  private int given;

  /**
   * A Remediation as it was at some time.
   *
   * @param at when this process saw it
   */
  public record Sighting(Remediation remediation, Instant at) {

    /** Its status, empty before anyone wrote one. */
    public RemediationStatus status() {
      return remediation.statusOrEmpty();
    }
  }

  /**
   * A feed that does not run yet.
   *
   * @param told what changed, a sentence each
   * @param clock for the times of sightings
   */
  public RemediationFeed(
      ApiClient client, String namespace, Consumer<String> told, InstantSource clock) {
    this.api =
        new GenericKubernetesApi<>(
            Remediation.class,
            RemediationList.class,
            Remediation.GROUP,
            Remediation.VERSION,
            Remediation.PLURAL,
            client);
    this.namespace = namespace;
    this.told = told;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("remediation-feed").unstarted(this::run);
  }

  /** Begins to watch. */
  public RemediationFeed start() {
    thread.start();
    return this;
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try (Watchable<Remediation> watch = api.watch(namespace)) {
        for (Watch.Response<Remediation> event : watch) {
          if (event.object != null && event.object.spec() != null) {
            see(new Sighting(event.object, clock.instant()));
          }
        }
      } catch (ApiException | IOException | RuntimeException e) {
        // The server ends every watch some day; the next one begins with the state as it is.
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
      }
    }
  }

  /** The Remediation was seen. */
  synchronized void see(Sighting sighting) {
    String before = sightings.isEmpty() ? "" : summary(sightings.getLast());
    String after = summary(sighting);
    if (!after.equals(before)) {
      told.accept(after);
    }
    sightings.add(sighting);
    notifyAll();
  }

  private static String summary(Sighting sighting) {
    RemediationStatus status = sighting.status();
    StringBuilder text = new StringBuilder();
    text.append(status.phase() == null ? "created" : status.phase().name());
    if (status.reason() != null) {
      text.append(" (").append(status.reason()).append(')');
    }
    if (status.message() != null && !status.message().isEmpty()) {
      text.append(": ").append(status.message());
    }
    return text.toString();
  }

  /**
   * Waits for a Remediation in some state. It may have been seen already and may be in another one
   * now; what was seen before the sighting that was returned last does not count.
   *
   * @param what for the error message
   * @return the first such sighting
   * @throws TimeoutException with the last state seen, when it takes longer
   */
  public synchronized Sighting await(String what, Duration atMost, Predicate<Sighting> wanted)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + atMost.toNanos();
    int next = given;
    while (true) {
      for (; next < sightings.size(); next++) {
        if (wanted.test(sightings.get(next))) {
          given = next;
          return sightings.get(next);
        }
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new TimeoutException(
            "no %s within %d s; last seen: %s"
                .formatted(
                    what,
                    atMost.toSeconds(),
                    sightings.isEmpty() ? "nothing" : sightings.getLast().remediation()));
      }
      wait(left);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
