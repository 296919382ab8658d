// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A command for pods.
 *
 * @param argv program and arguments, as they are given to the container; never empty
 * @param container container to run it in, null for the pod's first
 * @param podSelector labels of the pods; empty for those of the target
 * @param timeout longest time in one pod
 * @param everyPod whether it runs in every matching pod, one after the other, or in one
 */
public record PodCommand(
    List<String> argv,
    @Nullable String container,
    SortedMap<String, String> podSelector,
    Duration timeout,
    boolean everyPod) {

  public PodCommand {
    argv = List.copyOf(argv);
  }

  /** Only the program: arguments may hold credentials. */
  @Override
  public String toString() {
    return "PodCommand[" + argv.getFirst() + "]";
  }
}
