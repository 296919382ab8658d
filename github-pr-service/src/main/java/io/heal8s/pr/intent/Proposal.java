// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

/**
 * A pull request to be made: one commit with one changed file on top of the base.
 *
 * @param inquiry whose it is and where
 * @param baseCommit commit of the base that the file was read from; the parent of the new commit
 * @param content the whole edited file
 * @param text what people read
 * @param urgency who comes first when a forge makes us wait
 */
public record Proposal(
    Inquiry inquiry, String baseCommit, FileContent content, Text text, Urgency urgency) {

  /**
   * What people read.
   *
   * @param title one line, at most 256 characters
   * @param body Markdown, ends with the marker's comment
   * @param commitMessage plain text, first line at most 72 characters where names allow, ends with
   *     the marker's trailer
   */
  public record Text(String title, String body, String commitMessage) {}

  /** Order of writes at one forge; earlier is sooner. */
  public enum Urgency {
    /** Takes back a change that did harm. */
    REVERT,
    CRITICAL,
    WARNING,
    INFO,
    /** Tidying up. */
    LAST
  }
}
