// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do when a trigger fires.
 *
 * @param trigger when
 * @param action what; null only on version skew (a value this build does not know)
 * @param parameters its arguments; never null after reading
 * @param cooldownSeconds pause after it fired, 0 to 604800; null means none
 * @param includeState how much of the state a webhook is told; null means all
 */
public record AppAction(
    Trigger trigger,
    @Nullable ActionName action,
    @Nullable Map<String, Object> parameters,
    @Nullable Integer cooldownSeconds,
    @Nullable IncludeState includeState) {

  /** The actions of the original, spelled as on the wire. */
  public enum ActionName {
    restart_pod,
    scale_deployment,
    patch_resource,
    webhook,
    exec_command
  }

  /** How much of the state leaves the cluster. */
  public enum IncludeState {
    none,
    changed,
    all
  }

  /** The parameters, empty when none are set. */
  public Map<String, Object> parametersOrEmpty() {
    return parameters == null ? Map.of() : parameters;
  }

  /** How much of the state is told, {@link IncludeState#all} when not set. */
  public IncludeState includeStateOrDefault() {
    return includeState == null ? IncludeState.all : includeState;
  }
}
