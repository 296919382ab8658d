// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

/** What is to be done about one change, given what the file holds. */
sealed interface Verdict {

  /** The planned value is to be written. */
  record Write() implements Verdict {}

  /** The file holds it already, or more of it. */
  record Holds() implements Verdict {}

  /** The file must not be edited. */
  record Refuse(Refusal refusal, String reason) implements Verdict {}
}
