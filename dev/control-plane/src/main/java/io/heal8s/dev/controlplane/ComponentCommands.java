// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import io.heal8s.dev.controlplane.ClusterFiles.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of a control plane's programs. */
final class ComponentCommands {

  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Programs programs;
  private final ClusterFiles files;

  ComponentCommands(Programs programs, ClusterFiles files) {
    this.programs = programs;
    this.files = files;
  }

  ChildCommand etcd(int port) {
    String address = "http://127.0.0.1:" + port;
    return command(
        "etcd",
        List.of(
            programs.etcd().toString(),
            "--data-dir=" + files.etcdData(),
            "--listen-client-urls=" + address,
            "--advertise-client-urls=" + address,
            // Nobody dials a lone member's peer port, so any will do.
            "--listen-peer-urls=http://127.0.0.1:0",
            // What is lost in a power cut here is a throw-away cluster.
            "--unsafe-no-fsync",
            "--quota-backend-bytes=8589934592",
            "--log-level=warn"));
  }

  ChildCommand apiServer(int port, int etcdPort, ClusterOptions options) {
    List<String> line = new ArrayList<>();
    line.add(programs.kubeApiServer().toString());
    line.add("--etcd-servers=http://127.0.0.1:" + etcdPort);
    line.add("--bind-address=127.0.0.1");
    line.add("--advertise-address=127.0.0.1");
    line.add("--secure-port=" + port);
    line.add("--cert-dir=" + files.certificates());
    line.add("--token-auth-file=" + files.tokens());
    line.add("--authorization-mode=RBAC");
    line.add("--service-account-issuer=https://kubernetes.default.svc");
    line.add("--service-account-key-file=" + files.serviceAccountKey());
    line.add("--service-account-signing-key-file=" + files.serviceAccountKey());
    line.add("--service-cluster-ip-range=10.0.0.0/24");
    // Endpoints refuse loopback addresses, so the API server could not announce its own.
    line.add("--endpoint-reconciler-type=none");
    line.add("--allow-privileged=true");
    line.add("--profiling=false");
    if (options.parts() == Parts.API) {
      // It makes every pod wait for a "default" account, which only the controller manager creates.
      line.add("--disable-admission-plugins=ServiceAccount");
    }
    if (options.execHere()) {
      // The node has no name that anybody could resolve.
      line.add("--kubelet-preferred-address-types=InternalIP");
    }
    line.addAll(options.apiServerFlags());
    return command("kube-apiserver", line);
  }

  ChildCommand controllerManager() {
    return command(
        "kube-controller-manager",
        List.of(
            programs.kubeControllerManager().toString(),
            "--kubeconfig=" + files.kubeconfig(Identity.CONTROLLER_MANAGER),
            "--use-service-account-credentials=true",
            "--service-account-private-key-file=" + files.serviceAccountKey(),
            "--root-ca-file=" + files.caFile(),
            "--leader-elect=false",
            // kwok gives out the nodes' pod networks.
            "--controllers=*,-nodeipam",
            // A starved machine must not look like a dead node: its pods would lose Ready, and
            // kwok gives Ready only once.
            "--node-monitor-grace-period=1h",
            "--secure-port=0",
            "--kube-api-qps=200",
            "--kube-api-burst=400"));
  }

  ChildCommand scheduler() {
    return command(
        "kube-scheduler",
        List.of(
            programs.kubeScheduler().toString(),
            "--kubeconfig=" + files.kubeconfig(Identity.SCHEDULER),
            "--leader-elect=false",
            "--secure-port=0",
            "--kube-api-qps=200",
            "--kube-api-burst=400"));
  }

  /** kwok that also answers as the node's kubelet, on that port. */
  ChildCommand kwokWithExec(Collection<Path> furtherStages, int port) {
    List<String> line = kwokLine(furtherStages);
    line.add("--server-address=127.0.0.1:" + port);
    line.add("--node-port=" + port);
    line.add("--config=" + files.execRules());
    return command("kwok", line);
  }

  ChildCommand kwok(Collection<Path> furtherStages) {
    return command("kwok", kwokLine(furtherStages));
  }

  private List<String> kwokLine(Collection<Path> furtherStages) {
    Path own = programs.kwokStages();
    List<String> line = new ArrayList<>();
    line.add(programs.kwok().toString());
    line.add("--kubeconfig=" + files.kubeconfig(Identity.KWOK));
    line.add("--manage-all-nodes=true");
    line.add("--cidr=10.1.0.0/16");
    line.add("--node-ip=127.0.0.1");
    Stream.of(
            "node/fast/node-initialize.yaml",
            "node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
            "pod/fast/pod-ready.yaml",
            "pod/fast/pod-complete.yaml",
            "pod/fast/pod-delete.yaml")
        .forEach(stage -> line.add("--config=" + own.resolve(stage)));
    furtherStages.forEach(stage -> line.add("--config=" + stage.toAbsolutePath()));
    return line;
  }

  private ChildCommand command(String name, List<String> line) {
    // Their own home, so that no dot file of the person's changes what they do.
    return ChildCommand.of(name, line, files.root(), files.log(name))
        .with("HOME", files.root().toString())
        .withGrace(GRACE);
  }

  String adminToken() throws IOException {
    return files.token(Identity.ADMIN);
  }
}
