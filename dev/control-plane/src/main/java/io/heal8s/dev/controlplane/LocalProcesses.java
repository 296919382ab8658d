// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The running programs of a local cluster, in the order of their start. */
final class LocalProcesses {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int TRIES = 3;

  private final ClusterFiles files;
  private final ClusterOptions options;
  private final ComponentCommands commands;
  private final SecureRandom random = new SecureRandom();
  private final Ports ports = new Ports(random);

  /** Guarded by this; the newest first, which is the order in which they are to end. */
  private final Deque<ChildProcess> running = new ArrayDeque<>();

  /** Guarded by this; set when everything is to end, so that nothing is started after that. */
  private boolean ended;

  private @Nullable ChildProcess apiServer;
  private int etcdPort;
  private int port;

  LocalProcesses(Programs programs, ClusterFiles files, ClusterOptions options) {
    this.files = files;
    this.options = options;
    this.commands = new ComponentCommands(programs, files);
  }

  URI server() {
    return URI.create("https://127.0.0.1:" + port);
  }

  ChildProcess apiServer() {
    return Objects.requireNonNull(apiServer, "started before the cluster is handed out");
  }

  void start() throws IOException, InterruptedException {
    files.writeSecrets(random);
    boolean ready = false;
    for (int attempt = 1; !ready; attempt++) {
      etcdPort = ports.next();
      port = ports.next();
      try {
        launch(commands.etcd(etcdPort));
        startApiServerAgain();
        ready = true;
      } catch (ClusterException e) {
        boolean portTaken = message(e).contains("address already in use");
        killAllButGoOn();
        if (!portTaken || attempt == TRIES) {
          throw e;
        }
        FileTree.delete(files.etcdData());
      }
    }
    files.writeKubeconfigs(server());
    if (options.parts() == Parts.FULL) {
      try {
        startControllers();
      } catch (ClusterException e) {
        killAll();
        throw e;
      }
    }
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
  }

  /** Starts kube-apiserver on the port that was chosen and waits until it is ready. */
  void startApiServerAgain() throws InterruptedException {
    ChildProcess before = apiServer;
    if (before != null && before.isAlive()) {
      throw new IllegalStateException("the API server runs already");
    }
    ChildProcess started = launch(commands.apiServer(port, etcdPort, options));
    apiServer = started;
    await(started, "the API server did not become ready", this::apiServerReady);
  }

  private boolean apiServerReady() throws InterruptedException {
    if (!Files.exists(files.caFile())) {
      return false;
    }
    try (ApiServerProbe probe = probe()) {
      return probe.ready();
    } catch (IOException | GeneralSecurityException notYetWritten) {
      return false;
    }
  }

  private void startControllers() throws IOException, InterruptedException {
    ChildProcess controllerManager = launch(commands.controllerManager());
    ChildProcess scheduler = launch(commands.scheduler());
    ChildProcess kwok = launch(kwok());
    try (ApiServerProbe probe = probe()) {
      probe.create("/api/v1/nodes", node());
      await(
          controllerManager,
          "the controller manager did not make the default ServiceAccount",
          () -> probe.get("/api/v1/namespaces/default/serviceaccounts/default") != null);
      await(kwok, "the node did not become ready", () -> nodeIsReady(probe));
      await(scheduler, "the scheduler ended", scheduler::isAlive);
    } catch (GeneralSecurityException e) {
      throw new ClusterException("cannot read " + files.caFile(), e);
    }
  }

  private ChildCommand kwok() throws IOException {
    if (!options.execHere()) {
      return commands.kwok(options.kwokStages());
    }
    files.writeExecRules();
    return commands.kwokWithExec(options.kwokStages(), ports.next());
  }

  /** Ready and without the taint that keeps pods away from a new node. */
  private static boolean nodeIsReady(ApiServerProbe probe) throws InterruptedException {
    String node = probe.get("/api/v1/nodes/node-1");
    return node != null
        && node.contains("\"reason\":\"KubeletReady\"")
        && !node.contains("\"taints\"");
  }

  private static String node() {
    return """
        {"apiVersion": "v1", "kind": "Node", "metadata": {
          "name": "node-1",
          "annotations": {"kwok.x-k8s.io/node": "fake"},
          "labels": {"kubernetes.io/hostname": "node-1", "kubernetes.io/os": "linux"}}}
        """;
  }

  private ApiServerProbe probe() throws IOException, GeneralSecurityException {
    return new ApiServerProbe(server(), files.caFile(), commands.adminToken());
  }

  private synchronized ChildProcess launch(ChildCommand command) {
    if (ended) {
      throw new ClusterException("the cluster was closed while it started");
    }
    ChildProcess process = command.start();
    running.push(process);
    return process;
  }

  private void await(ChildProcess process, String failure, Condition condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (!process.isAlive()) {
        throw failed(process, process.name() + " ended with " + process.onExit().join());
      }
      if (System.nanoTime() > deadline) {
        throw failed(process, failure + " within " + PATIENCE.toSeconds() + " s");
      }
      Thread.sleep(POLL);
    }
  }

  private static ClusterException failed(ChildProcess process, String what) {
    return new ClusterException(
        what + "; the end of " + process.log() + ":\n" + process.lastLogLines(15));
  }

  /** Ends everything at once: nothing of a throw-away cluster is worth an orderly end. */
  synchronized void killAll() {
    ended = true;
    killAllButGoOn();
  }

  private synchronized void killAllButGoOn() {
    while (!running.isEmpty()) {
      running.pop().kill();
    }
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }
}
