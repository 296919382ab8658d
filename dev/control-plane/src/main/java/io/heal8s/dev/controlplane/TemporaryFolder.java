// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A folder for as long as this process runs; only its owner can read it. It goes when it is closed,
 * at the latest with this process; what a process left that was killed goes when the next folder of
 * that prefix is made.
 */
public final class TemporaryFolder implements AutoCloseable {

  private final Path path;
  private final Thread atExit = new Thread(this::delete, "delete-temporary-folder");

  private TemporaryFolder(Path path) {
    this.path = path;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Makes one.
   *
   * @param prefix begins its name and ends with a hyphen
   */
  public static TemporaryFolder create(String prefix) {
    try {
      return new TemporaryFolder(make(prefix));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  /** Only the folder; whoever asks deletes it. */
  static Path make(String prefix) throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    removeLeftovers(parent, prefix);
    return Files.createTempDirectory(
        parent,
        prefix + ProcessHandle.current().pid() + "-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void removeLeftovers(Path parent, String prefix) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      for (Path entry : entries.toList()) {
        String name = Objects.toString(entry.getFileName());
        if (name.startsWith(prefix) && ownerIsGone(name.substring(prefix.length()))) {
          FileTree.delete(entry);
        }
      }
    }
  }

  private static boolean ownerIsGone(String pidAndRandom) {
    String pid = pidAndRandom.replaceFirst("-.*", "");
    return pid.matches("\\d{1,10}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyExiting) {
      // The hook runs, or has run, by itself.
    }
    delete();
  }

  private void delete() {
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }
}
