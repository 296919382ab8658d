// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.cluster;

import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.kubernetes.client.openapi.ApiClient;
import java.nio.file.Path;

/** A real API server as one test sees it: with a namespace that no other test uses. */
public final class TestCluster {

  private final Cluster cluster;
  private final ClusterAccess access;
  private final String namespace;
  private final ApiClient admin;

  TestCluster(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.access = new ClusterAccess(cluster);
    this.namespace = namespace;
    this.admin = access.admin();
  }

  /** The cluster itself; shared with other tests, so never stop, freeze or close it. */
  public Cluster cluster() {
    return cluster;
  }

  /** A namespace that exists and is this test's own. */
  public String namespace() {
    return namespace;
  }

  /** A client with all rights; the same one at every call. */
  public ApiClient admin() {
    return admin;
  }

  /**
   * A client that is a ServiceAccount, with exactly the rights that are bound to it.
   *
   * @throws io.heal8s.dev.controlplane.ClusterException if there is no such account
   */
  public ApiClient asServiceAccount(String accountNamespace, String name) {
    return access.asServiceAccount(accountNamespace, name);
  }

  /** A client that acts as a person with these groups, by impersonation. */
  public ApiClient asUser(String user, String... groups) {
    return access.asUser(user, groups);
  }

  /** A kubeconfig under which a process is that ServiceAccount. */
  public Path kubeconfigFor(String accountNamespace, String name) {
    return access.kubeconfigFor(accountNamespace, name);
  }

  /**
   * Applies a file or a folder of YAML with all rights and waits for the CRDs among it. Objects
   * that name no namespace go into {@link #namespace()}.
   */
  public void apply(Path fileOrFolder) {
    new ManifestApplier(admin, "test").apply(fileOrFolder, namespace);
  }

  /** The same for YAML text, such as a chart's rendering. */
  public void applyText(String yaml) {
    new ManifestApplier(admin, "test").applyText(yaml, namespace);
  }
}
