// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import java.io.IOException;
import java.util.List;

/**
 * Gives the measured service the last core of the machine for itself, and everybody else the rest.
 */
final class CoreAffinity {

  private static final int LAST = Runtime.getRuntime().availableProcessors() - 1;

  private CoreAffinity() {}

  /** What runs a service on its core. */
  static List<String> ofTheService() {
    return List.of("taskset", "-c", Integer.toString(LAST));
  }

  /** This process, and what it starts from now on, leave that core alone. */
  static void otherThanTheServices() throws IOException, InterruptedException {
    if (LAST == 0) {
      return;
    }
    int status =
        new ProcessBuilder(
                "taskset", "-acp", "0-" + (LAST - 1), Long.toString(ProcessHandle.current().pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("taskset (util-linux) cannot set the cores of this process");
    }
  }
}
