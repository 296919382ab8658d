// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.adopt;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which parameters the actions of a TargetApp take. The original read what it knew and passed over
 * the rest; remediation-operator refuses a name that nobody reads, as it may be a misspelled one.
 */
final class ActionParameters {

  // As remediation-operator reads them, with those that it passes over, too.
  private static final Map<String, Set<String>> TAKEN =
      Map.of(
          "restart_pod", Set.of("gracePeriod", "podSelector"),
          "scale_deployment", Set.of("deploymentName", "replicas"),
          "patch_resource",
              Set.of("resourceType", "resourceName", "patchData", "patchType", "apiVersion"),
          "webhook", Set.of("url", "method", "headers", "payload", "timeout", "verifySSL"),
          "exec_command",
              Set.of(
                  "command", "container", "podSelector", "timeout", "workingDir", "pods", "args"));

  private ActionParameters() {}

  /** Those that make the action stall; none of an action that is itself unknown. */
  static SortedSet<String> refused(String action, Collection<String> given) {
    SortedSet<String> refused = new TreeSet<>();
    if (TAKEN.containsKey(action)) {
      refused.addAll(given);
      refused.removeAll(TAKEN.get(action));
    }
    return refused;
  }
}
