// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The one cluster that a person keeps running between commands. A supervisor process owns it; the
 * supervisor holds a lock on a file for as long as it lives, so whether a cluster runs is asked of
 * the operating system and never of a process id that may have been given to another program.
 */
final class BackgroundCluster {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Path state;

  /**
   * The cluster of a state folder.
   *
   * @param state holds the lock, the supervisor's log and what it says of itself
   */
  BackgroundCluster(Path state) {
    this.state = state;
  }

  /** The kubeconfig of the cluster that runs; empty if none does, or one is only starting. */
  Optional<Path> kubeconfig() throws IOException {
    // The file first: whoever asks for the lock holds it for a moment, and a supervisor that only
    // starts would take that for another cluster.
    if (!Files.exists(kubeconfigFile()) || !isRunning()) {
      return Optional.empty();
    }
    return Optional.of(Path.of(Files.readString(kubeconfigFile())));
  }

  private boolean isRunning() throws IOException {
    try (ExclusiveFile free = ExclusiveFile.tryAcquire(lockFile())) {
      return free == null;
    }
  }

  /**
   * Starts a supervisor and returns when its cluster is ready.
   *
   * @param supervisor command line of a process that calls {@link #supervise}
   * @return the kubeconfig
   * @throws ClusterException if it does not become ready
   */
  Path up(List<String> supervisor, Map<String, String> environment)
      throws IOException, InterruptedException {
    Optional<Path> already = kubeconfig();
    if (already.isPresent()) {
      return already.get();
    }
    forgetTheDead();
    Files.deleteIfExists(log());
    Process process = startDetached(supervisor, environment);
    // Ctrl-C before it is ready means that it is not wanted; afterwards, down ends it.
    Thread cancel = new Thread(process::destroy, "cancel-supervisor");
    Runtime.getRuntime().addShutdownHook(cancel);
    Path kubeconfig = awaitReady(process);
    Runtime.getRuntime().removeShutdownHook(cancel);
    return kubeconfig;
  }

  // A supervisor that was killed has left its file, and it would be believed again as soon as the
  // next one has the lock.
  private void forgetTheDead() throws IOException {
    try (ExclusiveFile free = ExclusiveFile.tryAcquire(lockFile())) {
      if (free != null) {
        Files.deleteIfExists(kubeconfigFile());
      }
    }
  }

  private Path awaitReady(Process process) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<Path> ready = kubeconfig();
    while (ready.isEmpty()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        process.destroy();
        throw new ClusterException("the cluster did not start:\n" + Files.readString(log()));
      }
      Thread.sleep(POLL);
      ready = kubeconfig();
    }
    return ready.get();
  }

  private Process startDetached(List<String> supervisor, Map<String, String> environment)
      throws IOException {
    // It must outlive this command and the terminal it was typed into.
    List<String> line =
        new ArrayList<>(List.of("/bin/sh", "-c", "trap '' HUP INT; exec \"$@\" </dev/null", "sh"));
    line.addAll(supervisor);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(state.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(environment);
    builder.environment().remove("KUBECONFIG");
    return builder.start();
  }

  /**
   * Owns a cluster until this process is asked to end. Called in a process of its own; returns only
   * if another supervisor is there already.
   */
  void supervise(ClusterOptions options) throws IOException, InterruptedException {
    try (ExclusiveFile mine = ExclusiveFile.tryAcquire(lockFile())) {
      if (mine == null) {
        throw new ClusterException("another cluster runs already; ./heal8s cluster down ends it");
      }
      Files.deleteIfExists(kubeconfigFile());
      Files.writeString(pidFile(), Long.toString(ProcessHandle.current().pid()));
      Cluster cluster = Cluster.start(options);
      Path announced = kubeconfigFile().resolveSibling("kubeconfig-path.new");
      Files.writeString(announced, cluster.kubeconfig().toString(), StandardCharsets.UTF_8);
      Files.move(announced, kubeconfigFile());
      // The cluster stops itself at the end of this process, whatever ends it.
      Thread.currentThread().join();
    }
  }

  /**
   * Ends the cluster and everything it consists of.
   *
   * @return whether there was one
   */
  boolean down() throws IOException, InterruptedException {
    if (!isRunning()) {
      return false;
    }
    Optional<ProcessHandle> supervisor =
        Files.exists(pidFile())
            ? ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
            : Optional.empty();
    supervisor.ifPresent(ProcessHandle::destroy);
    if (!becomesFree(Duration.ofSeconds(10))) {
      supervisor.ifPresent(ProcessHandle::destroyForcibly);
      if (!becomesFree(Duration.ofSeconds(10))) {
        throw new ClusterException("the supervisor does not end; its log is " + log());
      }
    }
    Files.deleteIfExists(kubeconfigFile());
    Files.deleteIfExists(pidFile());
    return true;
  }

  private boolean becomesFree(Duration within) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (isRunning()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
    return true;
  }

  private Path lockFile() {
    return state.resolve("lock");
  }

  private Path pidFile() {
    return state.resolve("supervisor.pid");
  }

  private Path kubeconfigFile() {
    return state.resolve("kubeconfig-path");
  }

  private Path log() {
    return state.resolve("supervisor.log");
  }
}
