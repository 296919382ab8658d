// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

/**
 * The two keys under which one target is judged. Recorded calls have one of their own: whoever is
 * called may take his time, or be down, and the workload must not wait for that. A run of the
 * calls' key makes recorded calls and does nothing else; a run of the target's own key does
 * everything else and never touches a recorded call, so the two never write the same Remediation.
 */
public final class TargetKeys {

  // No key of a target begins so: an apiVersion has no colon.
  private static final String CALLS = "calls:";

  private TargetKeys() {}

  /**
   * The key of a target's calls.
   *
   * @param target key of the target
   */
  public static String ofCalls(String target) {
    return CALLS + target;
  }

  /** Whether that is the key of calls. */
  public static boolean areCalls(String key) {
    return key.startsWith(CALLS);
  }

  /** The key of the target that either key is about. */
  public static String target(String key) {
    return areCalls(key) ? key.substring(CALLS.length()) : key;
  }
}
