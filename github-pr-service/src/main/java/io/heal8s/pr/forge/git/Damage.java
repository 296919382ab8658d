// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoPackSignatureException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.errors.UnpackException;
import org.jspecify.annotations.Nullable;

/** Tells a damaged local copy from a remote that does not answer, where JGit wraps both alike. */
final class Damage {

  private Damage() {}

  /** Whether objects that should be there were missing or unreadable. */
  static boolean isCauseOf(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean damaged =
          switch (cause) {
            case MissingObjectException _ -> true;
            case CorruptObjectException _ -> true;
            case IncorrectObjectTypeException _ -> true;
            case LargeObjectException _ -> true;
            case PackInvalidException _ -> true;
            case PackMismatchException _ -> true;
            case NoPackSignatureException _ -> true;
            case UnpackException _ -> true;
            default -> false;
          };
      if (damaged) {
        return true;
      }
    }
    return false;
  }
}
