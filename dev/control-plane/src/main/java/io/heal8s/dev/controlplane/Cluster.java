// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A real Kubernetes API server that this process may do with as it likes.
 *
 * <p>Closing it stops and deletes everything that was started for it; a cluster that somebody else
 * started (by kubeconfig) is left as it is. Whatever is not closed ends with this process.
 */
public interface Cluster extends AutoCloseable {

  /**
   * Starts a cluster and returns when it is ready to work.
   *
   * <p>Which kind: what the environment variable {@code HEAL8S_CLUSTER} says ({@code local}, {@code
   * k3s} or {@code kubeconfig:PATH}); if it is not set, local processes where their programs are in
   * the cache or Go can build them, else k3s where a container engine answers.
   *
   * @throws ClusterException if it does not start; the message says what to change or shows the end
   *     of the failing program's log
   */
  static Cluster start(ClusterOptions options) {
    return new ClusterChoice(System.getenv(), Programs.ofThisUser()).start(options);
  }

  /** Address of the API server. */
  URI server();

  /**
   * A kubeconfig with all rights, in its own file; it is never merged into the person's own. For
   * the kind {@code kubeconfig:PATH}, the file that was given.
   */
  Path kubeconfig();

  /** PEM file with the authorities that clients verify the API server with. */
  Path caFile();

  /**
   * Bearer token of an administrator (group {@code system:masters}); absent where the kubeconfig
   * proves its identity otherwise.
   */
  Optional<String> adminToken();

  /** Folder with the logs and files of this cluster; callers may add files of their own. */
  Path directory();

  /** What the cluster consists of. */
  Parts parts();

  /** Whether the methods below work here; only local processes can be stopped and frozen. */
  default boolean canFail() {
    return false;
  }

  /**
   * Kills the API server as a crash would: connections are reset, new ones refused. What etcd holds
   * stays.
   *
   * @throws UnsupportedOperationException if {@link #canFail()} is false; so for the three below
   */
  default void stopApiServer() {
    throw cannotFail();
  }

  /** Starts a stopped API server again, on the same address, and returns when it is ready. */
  default void startApiServer() {
    throw cannotFail();
  }

  /** Freezes the API server: connections stay open and nothing is answered. */
  default void pauseApiServer() {
    throw cannotFail();
  }

  /** Lets a frozen API server go on. */
  default void resumeApiServer() {
    throw cannotFail();
  }

  /** Stops everything that was started for it; a second call does nothing. */
  @Override
  void close();

  private UnsupportedOperationException cannotFail() {
    return new UnsupportedOperationException(
        "only a cluster of local processes can be stopped and frozen; set HEAL8S_CLUSTER=local");
  }
}
