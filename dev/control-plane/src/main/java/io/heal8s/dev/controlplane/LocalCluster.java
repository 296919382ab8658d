// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import io.heal8s.dev.controlplane.ClusterFiles.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A control plane of this machine's own processes. */
final class LocalCluster implements Cluster {

  private final LocalProcesses processes;
  private final ClusterFiles files;
  private final ClusterOptions options;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable Thread atExit;

  private LocalCluster(LocalProcesses processes, ClusterFiles files, ClusterOptions options) {
    this.processes = processes;
    this.files = files;
    this.options = options;
  }

  /** Starts it; the programs that are not in the cache yet are built first. */
  static LocalCluster start(ClusterOptions options, Programs programs) {
    PinnedPrograms.ofCluster(options.parts()).forEach(programs::path);
    try {
      ClusterFiles files = ClusterFiles.create(options.directory());
      LocalCluster cluster =
          new LocalCluster(new LocalProcesses(programs, files, options), files, options);
      cluster.stopAtExit();
      cluster.processes.start();
      return cluster;
    } catch (IOException e) {
      throw new ClusterException("cannot write the files of a cluster: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while starting a cluster", e);
    }
  }

  /** The children end by themselves; this is for the folder, and to end them in order. */
  private void stopAtExit() {
    atExit = new Thread(this::stopAndDelete, "stop-cluster");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  @Override
  public URI server() {
    return processes.server();
  }

  @Override
  public Path kubeconfig() {
    return files.kubeconfig(Identity.ADMIN);
  }

  @Override
  public Path caFile() {
    return files.caFile();
  }

  @Override
  public Optional<String> adminToken() {
    try {
      return Optional.of(files.token(Identity.ADMIN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path directory() {
    return files.root();
  }

  @Override
  public Parts parts() {
    return options.parts();
  }

  @Override
  public boolean canFail() {
    return true;
  }

  @Override
  public void stopApiServer() {
    processes.apiServer().kill();
  }

  @Override
  public void startApiServer() {
    try {
      processes.startApiServerAgain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while starting the API server", e);
    }
  }

  @Override
  public void pauseApiServer() {
    processes.apiServer().pause();
  }

  @Override
  public void resumeApiServer() {
    processes.apiServer().resume();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(Objects.requireNonNull(atExit));
    } catch (IllegalStateException alreadyExiting) {
      // The hook runs, or has run, by itself.
    }
    stopAndDelete();
  }

  private void stopAndDelete() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    processes.killAll();
    try {
      files.delete();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + files.root(), e);
    }
  }
}
