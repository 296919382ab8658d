// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Directories of processes that were killed: they may hold secrets, so the next run removes them.
 */
final class LeftWorkspaces {

  private static final String NAME = "heal8s-run-";
  private static final Pattern OWNED = Pattern.compile(NAME + "(\\d+)-(\\d+)-.*");

  /** A program outlives its process by its grace. */
  private static final Duration LEAVE_ALONE = Duration.ofMinutes(10);

  private LeftWorkspaces() {}

  /** What the directories of this process begin with: numbers of processes come again. */
  static String prefix() {
    ProcessHandle self = ProcessHandle.current();
    return NAME + self.pid() + "-" + begin(self) + "-";
  }

  private static long begin(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  static void remove(Path work, Instant now) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(work, NAME + "*")) {
      for (Path each : found) {
        if (isLeft(each, now)) {
          Workspace.remove(each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLeft(Path folder, Instant now) throws IOException {
    Matcher name = OWNED.matcher(String.valueOf(folder.getFileName()));
    if (!name.matches() || Files.exists(folder.resolve("code").resolve(Workspace.LEFT_STATE))) {
      return false;
    }
    boolean alive =
        ProcessHandle.of(Long.parseLong(name.group(1)))
            .filter(process -> begin(process) == Long.parseLong(name.group(2)))
            .isPresent();
    return !alive && isOld(folder, now);
  }

  private static boolean isOld(Path folder, Instant now) throws IOException {
    try {
      Instant changed = Files.getLastModifiedTime(folder).toInstant();
      return Duration.between(changed, now).compareTo(LEAVE_ALONE) > 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
