// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

/** Why something could not be done now and may be later; also a metric's label. */
public enum Trouble {
  /** No connection to the API server, or it broke. */
  Unreachable,
  /** No answer in time; whether it was done is not known, and sending again finds out. */
  Timeout,
  /** The API server asks to slow down (429). */
  Throttled,
  /** The API server failed (5xx). */
  ServerError,
  /** The API server does not know our account, or it lacks a right (401, 403). */
  Forbidden,
  /** A quota of the namespace is used up. */
  QuotaExceeded,
  /** Two writes met. */
  Conflict,
  /** The kind Remediation is not served: its CRD is missing. */
  KindMissing,
  /** The policies were not read yet since the start. */
  PoliciesNotRead,
  /** As much as this replica takes at once is at work. */
  Busy,
  /** Something that nobody foresaw; the log has it. */
  Unexpected
}
