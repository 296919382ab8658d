// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.nio.file.Path;
import java.util.Map;

/** Chooses the kind of cluster by the setting, else by what the machine has. */
final class ClusterChoice {

  static final String SETTING = "HEAL8S_CLUSTER";
  private static final String BY_KUBECONFIG = "kubeconfig:";

  private final Map<String, String> environment;
  private final Programs programs;

  ClusterChoice(Map<String, String> environment, Programs programs) {
    this.environment = environment;
    this.programs = programs;
  }

  Cluster start(ClusterOptions options) {
    String setting = environment.getOrDefault(SETTING, "");
    if (setting.startsWith(BY_KUBECONFIG)) {
      return KubeconfigCluster.open(Path.of(setting.substring(BY_KUBECONFIG.length())), options);
    }
    return switch (setting) {
      case "" -> byWhatIsThere(options);
      case "local" -> LocalCluster.start(options, programs);
      case "k3s" -> K3sCluster.start(options);
      default ->
          throw new ClusterException(
              SETTING + " is '" + setting + "'; it takes local, k3s or kubeconfig:PATH");
    };
  }

  private Cluster byWhatIsThere(ClusterOptions options) {
    if (PinnedPrograms.ofCluster(options.parts()).stream().allMatch(programs::available)) {
      return LocalCluster.start(options, programs);
    }
    if (K3sCluster.engineAnswers()) {
      return K3sCluster.start(options);
    }
    throw new ClusterException(
        "nothing here to run a Kubernetes API server with: install Go "
            + PinnedPrograms.etcd().module().oldestGo()
            + " or newer, or start a container engine, or set "
            + SETTING
            + "=kubeconfig:PATH");
  }
}
