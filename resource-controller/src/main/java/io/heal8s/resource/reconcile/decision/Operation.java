// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

/** What is done to the world. */
public enum Operation {
  APPLY,
  DESTROY
}
