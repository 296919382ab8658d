// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

/** What became of something that was to be written down. */
enum Recorded {
  /** It is durable. */
  WRITTEN,
  /** The claim was another's by then, or nobody knows. */
  LOST,
  /** The database will not take it, however often it is asked; the claim is still ours. */
  REFUSED
}
