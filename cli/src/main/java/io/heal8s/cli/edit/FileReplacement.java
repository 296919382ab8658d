// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;

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
    Path real = file.toRealPath();
    Path folder = real.getParent();
    Path fresh = Files.createTempFile(folder, "." + real.getFileName(), ".heal8s");
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
