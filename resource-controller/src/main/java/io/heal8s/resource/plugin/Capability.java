// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

/** What an action plugin can do beyond apply and destroy. */
public enum Capability {
  /** {@link ActionPlugin#detectDrift} is worth calling; without, a ready resource is left alone. */
  DRIFT,
  /** {@link ActionPlugin#cancel} ends an outside run. */
  CANCEL,
  /**
   * Dispatching twice does harm and the other side does not notice: every dispatch is written down
   * durably before {@link ActionPlugin#apply} or {@link ActionPlugin#destroy} is called, and one
   * whose end was never recorded goes to {@link ActionPlugin#recover}. Without, apply and destroy
   * may be called again after a crash and must be idempotent.
   */
  WRITE_AHEAD
}
