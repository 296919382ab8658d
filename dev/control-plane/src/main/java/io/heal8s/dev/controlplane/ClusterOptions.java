// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a caller wants of a cluster.
 *
 * @param parts how much of a control plane
 * @param kwokStages files with further kwok Stages, loaded beside kwok's own; a Stage with the same
 *     name takes the place of kwok's. Only for {@link Parts#FULL}
 * @param apiServerFlags further flags of kube-apiserver; a later flag overrides an earlier one
 * @param execHere whether {@code kubectl exec} runs the command on this machine, as this user; for
 *     whoever reaches the node's port on loopback, so only for a test of that. Only for {@link
 *     Parts#FULL}
 * @param directory where the cluster's files lie; empty for a folder of its own under the temporary
 *     folder, which is deleted at the end (a given one is not)
 */
public record ClusterOptions(
    Parts parts,
    List<Path> kwokStages,
    List<String> apiServerFlags,
    boolean execHere,
    Optional<Path> directory) {

  /** Copies what it is given. */
  public ClusterOptions {
    kwokStages = List.copyOf(kwokStages);
    apiServerFlags = List.copyOf(apiServerFlags);
    if (parts == Parts.API && (execHere || !kwokStages.isEmpty())) {
      throw new IllegalArgumentException(
          "kwok stages and exec need Parts.FULL: the API alone has no kwok");
    }
  }

  /** etcd and kube-apiserver alone: the fast one. */
  public static ClusterOptions api() {
    return new ClusterOptions(Parts.API, List.of(), List.of(), false, Optional.empty());
  }

  /** A whole control plane with one node. */
  public static ClusterOptions full() {
    return new ClusterOptions(Parts.FULL, List.of(), List.of(), false, Optional.empty());
  }

  /** The same with further kwok Stages. */
  public ClusterOptions withKwokStages(Path... files) {
    return new ClusterOptions(
        parts, both(kwokStages, List.of(files)), apiServerFlags, execHere, directory);
  }

  /** The same with further flags of kube-apiserver. */
  public ClusterOptions withApiServerFlags(String... flags) {
    return new ClusterOptions(
        parts, kwokStages, both(apiServerFlags, List.of(flags)), execHere, directory);
  }

  /** The same with commands of {@code kubectl exec} run on this machine, as this user. */
  public ClusterOptions withExecHere() {
    return new ClusterOptions(parts, kwokStages, apiServerFlags, true, directory);
  }

  /** The same in a given folder, which stays when the cluster ends. */
  public ClusterOptions withDirectory(Path folder) {
    return new ClusterOptions(parts, kwokStages, apiServerFlags, execHere, Optional.of(folder));
  }

  private static <T> List<T> both(List<T> first, List<T> second) {
    return new ArrayList<>(Stream.concat(first.stream(), second.stream()).toList());
  }
}
