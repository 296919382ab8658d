// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.resources;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Prints the status of a resource, and each change of it. */
final class StatusWatch {

  private static final long BETWEEN_MILLIS = 500;

  private final Controller controller;
  private final PrintWriter out;

  StatusWatch(Controller controller, PrintWriter out) {
    this.controller = controller;
    this.out = out;
  }

  /**
   * Watches the resource at a path.
   *
   * @return the exit code, 1 when it failed
   */
  int watch(String path, boolean follow)
      throws IOException, InterruptedException, Controller.RefusedException {
    String last = "";
    // Nobody counts it down: it is only waited on, and an interrupt ends the wait.
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      Object answer = controller.call("GET", path, null);
      Map<?, ?> resource = answer instanceof Map<?, ?> map ? map : Map.of();
      String status = String.valueOf(resource.get("status"));
      Object message = resource.get("status_message");
      String line = message == null ? status : status + "  " + message;
      if (!line.equals(last)) {
        out.println(line);
        out.flush();
        last = line;
      }
      boolean current =
          String.valueOf(resource.get("generation"))
              .equals(String.valueOf(resource.get("observed_generation")));
      boolean ended = (status.equals("ready") && current) || status.equals("failed");
      if (!follow || ended) {
        return status.equals("failed") ? 1 : 0;
      }
      never.await(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
