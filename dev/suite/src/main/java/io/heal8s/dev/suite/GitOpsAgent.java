// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.suite;

import io.heal8s.dev.controlplane.ManifestApplier;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies the base branch to the cluster whenever it moves, as Argo CD or Flux would. Stops when
 * closed.
 */
public final class GitOpsAgent implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final ManifestSource source;
  private final List<String> files;
  private final ManifestApplier manifests;
  private final Consumer<String> told;
  private final Thread thread;
  private @Nullable String applied;

  /**
   * An agent that does not run yet.
   *
   * @param files manifests in the repository that it applies, in order
   * @param manifests hand that applies
   * @param told what it did, a sentence each
   */
  public GitOpsAgent(
      ManifestSource source, List<String> files, ManifestApplier manifests, Consumer<String> told) {
    this.source = source;
    this.files = List.copyOf(files);
    this.manifests = manifests;
    this.told = told;
    this.thread = Thread.ofVirtual().name("gitops-agent").unstarted(this::run);
  }

  /** Applies the base branch once and then follows it. */
  public void start() {
    sync();
    thread.start();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(INTERVAL);
        sync();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // An agent outlives a refused manifest or an API server that is away: it tries again.
        told.accept("cannot apply yet: " + e.getMessage());
      }
    }
  }

  private void sync() {
    String head = source.head();
    if (head != null && !head.equals(applied)) {
      for (String file : files) {
        manifests.applyText(source.content(head, file), "default");
      }
      applied = head;
      told.accept("applied " + source.branch() + " at " + head.substring(0, 8));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
