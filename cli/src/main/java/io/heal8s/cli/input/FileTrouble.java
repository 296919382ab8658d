// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.input;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * Says in words why a file could not be used; the exceptions themselves often hold its name only.
 */
public final class FileTrouble {

  private FileTrouble() {}

  /** The reason alone, without the name of the file. */
  public static String of(IOException trouble) {
    return switch (trouble) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException gone -> "it is not there any more";
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default ->
          Objects.requireNonNullElseGet(
              trouble.getMessage(), () -> trouble.getClass().getSimpleName());
    };
  }
}
