// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

/** Why a file was refused, for callers that treat the cases differently. */
public enum Refusal {
  /** Not UTF-8, or not YAML or JSON. */
  UNREADABLE,
  /** Holds template expressions, so it becomes a manifest only after rendering. */
  TEMPLATE,
  /** The value is a placeholder that something else fills in. */
  PLACEHOLDER,
  /** The object is not in the file. */
  NO_SUCH_OBJECT,
  /** More than one place could be meant, or one key is written twice. */
  AMBIGUOUS,
  /** The path does not lead through this file, e.g. there is no such container. */
  NO_SUCH_FIELD,
  /** The file holds neither the value that the plan started from nor the planned one. */
  CHANGED_SINCE,
  /** The change itself cannot be made: its path, its mapping or its value is wrong. */
  BAD_CHANGE,
  /** The value is shared through an anchor and cannot be separated from its other users. */
  SHARED,
  /** The result would not have read as planned; nothing was returned. */
  NOT_VERIFIED
}
