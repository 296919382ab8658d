// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A process of its own for {@link ParentDeathTest}: starts children, tells who they are, waits. It
 * ends with the test, however that ends: it reads a pipe that only the test can write to.
 */
final class DoomedParent {

  private DoomedParent() {}

  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "cluster" -> {
        Cluster cluster = LocalCluster.start(ClusterOptions.api(), Programs.ofThisUser());
        System.out.println("directory " + cluster.directory());
      }
      case "files" ->
          System.out.println("directory " + ClusterFiles.create(Optional.empty()).root());
      case "stubborn" -> {
        Path folder = Path.of(arguments[1]);
        List<String> ignoresTerm =
            List.of("/bin/sh", "-c", "trap '' TERM INT; while :; do sleep 0.2; done");
        ChildCommand.of("stubborn", ignoresTerm, folder, folder.resolve("stubborn.log"))
            .withGrace(Duration.ofSeconds(1))
            .start();
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    ProcessHandle.current().children().forEach(child -> System.out.println("child " + child.pid()));
    System.out.println("ready");
    System.in.readAllBytes();
  }
}
