// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

/** What happened to a resource. */
public enum EventType {
  CREATED,
  /** What is wanted, or the status, changed. */
  MODIFIED,
  /** A reconcile ended with success. */
  RECONCILED,
  /** A reconcile failed. */
  FAILED,
  /** Purged. */
  DELETED
}
