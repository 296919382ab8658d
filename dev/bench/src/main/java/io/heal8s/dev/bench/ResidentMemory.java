// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Resident memory of a process, as the operating system counts it. */
final class ResidentMemory {

  private ResidentMemory() {}

  /** Resident set size in MiB. */
  static long mebibytes(long pid) throws InterruptedException {
    try {
      Process ps =
          new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      String kibibytes =
          new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      ps.waitFor();
      return Long.parseLong(kibibytes) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
