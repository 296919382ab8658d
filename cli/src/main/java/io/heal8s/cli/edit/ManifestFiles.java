// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Finds the manifests below a folder and tells quickly which of them cannot hold a name. */
final class ManifestFiles {

  /**
   * A repository holds nothing larger that people edit; the parse of it takes ten times as much.
   */
  static final int MOST_BYTES = 64 << 20;

  private ManifestFiles() {}

  /** The content; of one that is larger than {@link #MOST_BYTES} a byte more than that. */
  static byte[] read(Path file) throws IOException {
    try (InputStream input = Files.newInputStream(file)) {
      return read(input);
    }
  }

  static byte[] read(InputStream input) throws IOException {
    return input.readNBytes(MOST_BYTES + 1);
  }

  /**
   * YAML and JSON files below a folder, in the order of their names; hidden folders and links are
   * left out.
   */
  static List<Path> below(Path folder) throws IOException {
    // A link to a folder would be visited as a file.
    Path real = folder.toRealPath();
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        real,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean hidden =
                !directory.equals(real) && directory.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && isManifest(file)) {
              found.add(folder.resolve(real.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(found);
    return found;
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  /** Whether the text stands anywhere in the file; without it no parse is needed. */
  static boolean mentions(byte[] file, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i <= file.length - wanted.length; i++) {
      int j = 0;
      while (j < wanted.length && file[i + j] == wanted[j]) {
        j++;
      }
      if (j == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
