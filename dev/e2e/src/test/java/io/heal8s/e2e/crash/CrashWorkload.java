// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.crash;

/**
 * A namespace of a {@link CrashSite} with one Deployment in it, and how it is repaired.
 *
 * @param namespace its own
 * @param direct changed without asking anybody, instead of through git
 * @param heals whether its pods become Ready; if not, whatever is changed is taken back
 */
public record CrashWorkload(String namespace, boolean direct, boolean heals) {

  private static final String DEPLOYMENT =
      """
      # Kept by hand; nothing but the memory may change.
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: api
        namespace: %s
      spec:
        replicas: 1
        selector: {matchLabels: {app: api}}
        template:
          metadata: {labels: {app: api}}
          spec:
            nodeSelector: {%s}
            containers:
            - name: api
              image: registry.example/api:1
              resources:
                limits:
                  memory: 256Mi
      """;

  private static final String ROUTE =
      "routes: [{alertName: KubePodOOMKilled, action: {type: IncreaseMemory},"
          + " strategy: {mode: Direct, requireApproval: false}}]";

  /** One that is repaired through git and becomes healthy. */
  public static CrashWorkload inGit(String namespace) {
    return new CrashWorkload(namespace, false, true);
  }

  /** One that is repaired directly and becomes healthy. */
  static CrashWorkload changedDirectly(String namespace) {
    return new CrashWorkload(namespace, true, true);
  }

  /** The same, but nothing helps it. */
  CrashWorkload thatStaysSick() {
    return new CrashWorkload(namespace, direct, false);
  }

  /** Path of its manifest in the repository. */
  String file() {
    return namespace + "/api.yaml";
  }

  /** Its manifest. Pods that no node may have are never Ready. */
  String manifest() {
    return DEPLOYMENT.formatted(namespace, heals ? "" : "example.com/nowhere: \"true\"");
  }

  /**
   * Its namespace and the policy there. Of two policies the longer window counts: what becomes
   * healthy has time for it, what does not is not waited for.
   */
  String surroundings() {
    return """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %1$s}
        ---
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default, namespace: %1$s}
        spec:
          %2$s
          verify: {window: %3$s}
          allow:
            unapproved:
            - detector: Alert
        """
        .formatted(namespace, direct ? ROUTE : "", heals ? "2m" : CrashSite.SHORTEST_WINDOW);
  }
}
