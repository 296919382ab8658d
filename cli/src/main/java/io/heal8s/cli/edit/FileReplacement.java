// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;

/**
 * Replaces a file as a whole: whoever reads it, and whenever this process dies, finds either the
 * old or the new content. A link stays a link, its file is replaced.
 */
final class FileReplacement {

  private FileReplacement() {}

  /**
   * Replaces the content.
   *
   * @param expected what the file held when it was read; another content is not overwritten
   * @throws IOException when the file cannot be replaced, it is then unchanged
   */
  static void replace(Path file, byte[] expected, byte[] content) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is no regular file; pipe its content in, with - as the FILE");
    }
    Path real = file.toRealPath();
    if (isReadOnly(real)) {
      throw new IOException("it is read-only; make it writable first");
    }
    Path fresh = beside(real);
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      copyMode(real, fresh);
      if (!Arrays.equals(Files.readAllBytes(real), expected)) {
        throw new IOException(
            "the file was changed by somebody else meanwhile; run the edit again");
      }
      Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** A rename needs no right on the file itself, so the wish of who protected it is asked for. */
  private static boolean isReadOnly(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return !Files.isWritable(file)
        || (view != null
            && Collections.disjoint(
                view.readAttributes().permissions(),
                Set.of(
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_WRITE)));
  }

  private static Path beside(Path file) throws IOException {
    try {
      Path fresh = Files.createTempFile(file.getParent(), ".heal8s-", ".tmp");
      // Ctrl-C runs no finally.
      fresh.toFile().deleteOnExit();
      return fresh;
    } catch (AccessDeniedException e) {
      throw new IOException("its folder takes no new file: permission denied", e);
    }
  }

  private static void copyMode(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view == null || target == null) {
      return;
    }
    PosixFileAttributes attributes = view.readAttributes();
    PosixFileAttributes own = target.readAttributes();
    if (!own.group().equals(attributes.group())) {
      target.setGroup(attributes.group());
    }
    if (!own.owner().equals(attributes.owner())) {
      target.setOwner(attributes.owner());
    }
    // Last: a change of owner may drop bits of the mode.
    target.setPermissions(attributes.permissions());
  }
}
