// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoPackSignatureException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/** Tells a damaged local copy from a remote that does not answer, where JGit wraps both alike. */
final class Damage {

  private Damage() {}

  /** Whether a mirror can be opened and every branch in it leads to a commit and its tree. */
  static boolean isAbsentFrom(Path directory) {
    try (Repository repository =
            new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .setMustExist(true)
                .build();
        RevWalk walk = new RevWalk(repository)) {
      repository.getConfig();
      for (Ref ref : repository.getRefDatabase().getRefs()) {
        ObjectId id = ref.getObjectId();
        if (id != null) {
          walk.parseTree(walk.parseCommit(id).getTree());
        }
      }
      return true;
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }

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
