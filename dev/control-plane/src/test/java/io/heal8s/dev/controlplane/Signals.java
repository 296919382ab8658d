// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.util.List;

/** Signals to real processes, as a person or a terminal sends them. */
final class Signals {

  private Signals() {}

  /** Sends one; {@code signal} without SIG, e.g. {@code INT}. */
  static void send(String signal, Process to) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(to.pid()))
        .start()
        .waitFor();
  }

  /**
   * What a command line begins with so that the program hears INT and HUP. A build that a script
   * started in the background ignores INT, one under nohup HUP; programs inherit that, and neither
   * a shell nor a JVM can take it back. Empty where {@code env} cannot either, as on macOS.
   */
  static List<String> undoIgnored() throws IOException, InterruptedException {
    List<String> env = List.of("env", "--default-signal=INT,HUP");
    Process tried =
        new ProcessBuilder(env.getFirst(), env.getLast(), "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return tried.waitFor() == 0 ? env : List.of();
  }
}
