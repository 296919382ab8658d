// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.dev.suite.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./heal8s adopt kco}, called as a person calls it. */
final class AdoptKco {

  private final Distribution distribution;
  private final Path folder;

  /**
   * @param folder for what the command is given to read
   */
  AdoptKco(Distribution distribution, Path folder) {
    this.distribution = distribution;
    this.folder = folder;
  }

  /**
   * What it prints for the TargetApps of a namespace.
   *
   * @param manifests with the TargetApps
   * @throws IllegalStateException when it fails; why it did is on standard error
   */
  String print(String namespace, String manifests) throws InterruptedException {
    List<String> line = new ArrayList<>(distribution.people());
    try {
      Path file = Files.writeString(folder.resolve("targetapps.yaml"), manifests);
      line.addAll(List.of("adopt", "kco", "-n", namespace, file.toString()));
      Process adopt =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String printed = new String(adopt.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = adopt.waitFor();
      if (code != 0) {
        throw new IllegalStateException("heal8s adopt kco ended with " + code);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
