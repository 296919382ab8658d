// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

/** How much of a control plane a cluster has. */
public enum Parts {
  /**
   * etcd and kube-apiserver: every kind of API, admission, RBAC and TokenRequest; no controller
   * acts, so a Deployment makes no pods and a deleted namespace stays in Terminating. Pods need no
   * ServiceAccount to exist.
   */
  API,
  /**
   * Also kube-controller-manager, kube-scheduler and kwok with one node: workloads roll out, pods
   * become Ready, namespaces end.
   */
  FULL
}
