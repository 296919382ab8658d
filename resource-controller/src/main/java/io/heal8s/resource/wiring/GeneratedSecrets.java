// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.http.secret.Secret;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Secrets that nobody gave: generated once and kept in the data directory, readable by its owner.
 */
final class GeneratedSecrets {

  private static final int BYTES = 32;

  private final Path directory;
  private final SecureRandom random;

  GeneratedSecrets(Path directory, SecureRandom random) {
    this.directory = directory;
    this.random = random;
  }

  /** Where a secret is kept. */
  Path file(String name) {
    return directory.resolve(name);
  }

  /**
   * The secret of that name; made if there is none.
   *
   * @throws IllegalStateException if it can neither be read nor written
   */
  Secret of(String name) {
    Path file = file(name);
    try {
      Files.createDirectories(directory);
      if (Files.notExists(file)) {
        create(file);
      }
      return Secret.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s cannot be kept in %s (DATA_DIR): %s".formatted(name, directory, e.getMessage()), e);
    }
  }

  private void create(Path file) throws IOException {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    Path fresh =
        Files.createTempFile(
            directory,
            ".new",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(fresh, HexFormat.of().formatHex(bytes) + "\n");
      // A link appears whole or not at all, and never over what another process made.
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // The other one counts.
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
