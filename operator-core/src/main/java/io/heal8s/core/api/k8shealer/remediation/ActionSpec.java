// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do.
 *
 * @param type null only on version skew (a value this build does not know)
 * @param params strings, as the first release defined them; never null after reading
 * @param arguments free object of newer actions, at most 128 KiB
 * @param argumentsFrom where the operator reads the arguments instead
 */
public record ActionSpec(
    @Nullable ActionType type,
    @Nullable Map<String, String> params,
    @Nullable Map<String, Object> arguments,
    @Nullable ArgumentsFrom argumentsFrom) {

  public ActionSpec {
    params = params == null ? Map.of() : Map.copyOf(params);
  }

  /** An action that needs parameters only. */
  public static ActionSpec of(ActionType type, Map<String, String> params) {
    return new ActionSpec(type, params, null, null);
  }

  /** The parameters; empty when none were given. */
  @Override
  public Map<String, String> params() {
    return params == null ? Map.of() : params;
  }
}
