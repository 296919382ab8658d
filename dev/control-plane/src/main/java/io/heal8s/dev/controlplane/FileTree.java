// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder and everything below it. */
final class FileTree {

  private static final int TRIES = 20;

  private FileTree() {}

  /**
   * Deletes a folder with all that is in it; nothing happens if it is absent. A program that is
   * just ending may still write into it, so a folder that does not get empty is walked again.
   */
  static void delete(Path root) throws IOException {
    for (int attempt = 1; Files.exists(root); attempt++) {
      try {
        deleteOnce(root);
      } catch (DirectoryNotEmptyException filledMeanwhile) {
        if (attempt == TRIES) {
          throw filledMeanwhile;
        }
      }
    }
  }

  private static void deleteOnce(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // A program that is just ending may remove its own files at the same time.
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
