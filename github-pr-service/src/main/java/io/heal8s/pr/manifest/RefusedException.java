// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

/**
 * Carries a refusal from where it is found to the editor's entry point; never leaves the package.
 */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final int line;

  RefusedException(Refusal refusal, int line, String reason) {
    // Without a stack trace: a refusal is an ordinary answer, and thousands of files are tried.
    super(reason, null, false, false);
    this.refusal = refusal;
    this.line = line;
  }

  EditResult.Refused result() {
    String reason = getMessage();
    return new EditResult.Refused(
        refusal,
        Math.max(1, line),
        (reason == null ? "" : reason).replaceAll("\\s*[\\r\\n]+\\s*", " "));
  }
}
