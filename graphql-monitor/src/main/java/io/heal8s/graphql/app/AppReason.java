// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.app;

import io.heal8s.core.decide.Reason;

/** Reasons of conditions and Events that are not those of a failed request; part of the API. */
public enum AppReason implements Reason {
  /** A Secret that the spec names cannot be read. */
  SecretNotReadable,
  /** The spec says something that cannot be done. */
  InvalidSpec,
  /** The spec asks for something that this release does not do. */
  UnsupportedValue
}
