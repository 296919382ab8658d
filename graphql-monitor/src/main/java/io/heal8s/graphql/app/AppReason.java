// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.app;

import io.heal8s.core.decide.Reason;

/** Reasons of conditions and Events that are not those of a failed request; part of the API. */
public enum AppReason implements Reason {
  /** Polls bring the state. */
  Polling,
  /** Polls bring the state, but not all of it. */
  PartialData,
  /** No state was seen yet. */
  Initializing,
  /** A Secret that the spec names cannot be read. */
  SecretNotReadable,
  /** The spec says something that cannot be done. */
  InvalidSpec,
  /** The value of a field is one that this build does not know. */
  UnsupportedValue,
  /** Nothing stands in the way. */
  NotStalled,
  /** What was decided is written. */
  Settled,
  /** A Remediation was created. */
  RemediationRequested,
  /** A Remediation was refused by the API server. */
  RemediationRefused,
  /** The endpoint answers again. */
  EndpointRecovered,
  /** The finalizer of the original was taken off. */
  Adopted
}
