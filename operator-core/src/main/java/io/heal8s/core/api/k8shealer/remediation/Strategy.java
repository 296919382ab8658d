// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import org.jspecify.annotations.Nullable;

/**
 * How the repair reaches the cluster.
 *
 * @param mode null means {@link Mode#GitOps}
 * @param requireApproval null means true
 * @param environment free text, fills {@code {environment}} in manifest paths
 * @param ttl how long the object may wait for its first effect, Go duration syntax, null means the
 *     policy's
 */
public record Strategy(
    @Nullable Mode mode,
    @Nullable Boolean requireApproval,
    @Nullable String environment,
    @Nullable String ttl) {

  /** The way a change takes. */
  public enum Mode {
    GitOps,
    Direct
  }

  /** The mode, {@link Mode#GitOps} when not set. */
  public Mode modeOrDefault() {
    return mode == null ? Mode.GitOps : mode;
  }

  /** Whether a person must approve, true when not set. */
  public boolean approvalRequired() {
    return requireApproval == null || requireApproval;
  }
}
