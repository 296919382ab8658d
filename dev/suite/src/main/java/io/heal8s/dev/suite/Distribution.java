// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the built services are.
 *
 * <p>The launcher keeps them unpacked, with an ahead-of-time cache for each, in {@code
 * $HEAL8S_DIST/<service>/}; inside a Maven build they are the boot jars of the modules.
 */
public final class Distribution {

  /** Environment variable and system property with the folder of unpacked services. */
  public static final String VARIABLE = "HEAL8S_DIST";

  private final Path root;
  private final boolean unpacked;

  private Distribution(Path root, boolean unpacked) {
    this.root = root;
    this.unpacked = unpacked;
  }

  /**
   * The services that the launcher built, else the boot jars of the repository that this process
   * works in.
   *
   * @throws IllegalStateException when there are neither
   */
  public static Distribution find(Map<String, String> environment) {
    String folder = environment.get(VARIABLE);
    if (folder != null) {
      return new Distribution(Path.of(folder), true);
    }
    return new Distribution(repository(Path.of("").toAbsolutePath()), false);
  }

  /** Root of the repository that a folder belongs to. */
  public static Path repository(Path inside) {
    for (Path here = inside; here != null; here = here.getParent()) {
      if (Files.isDirectory(here.resolve("operator-core"))
          && Files.exists(here.resolve("pom.xml"))) {
        return here;
      }
    }
    throw new IllegalStateException(inside + " is not inside the repository; start with ./heal8s");
  }

  /**
   * The command line that runs a service, without the service's own arguments.
   *
   * @param service module name, e.g. {@code alert-gateway}
   */
  public List<String> command(String service) {
    List<String> line = new ArrayList<>();
    line.add(java().toString());
    if (unpacked) {
      Path folder = root.resolve(service);
      Path cache = folder.resolve("app.aot");
      if (Files.exists(cache)) {
        line.add("-XX:AOTCache=" + cache);
      }
      Path options = folder.resolve("jvm.options");
      if (Files.exists(options)) {
        line.add("@" + options);
      }
      line.add("-jar");
      line.add(folder.resolve(service + ".jar").toString());
    } else {
      line.addAll(
          List.of(
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-XX:+ExitOnOutOfMemoryError",
              "-Xmx192m"));
      line.add("-jar");
      line.add(bootJar(service).toString());
    }
    return List.copyOf(line);
  }

  /**
   * The command line that runs {@code ./heal8s} commands of people, such as {@code edit}, without
   * their arguments; on the class path that they have, and on no other.
   *
   * @throws IllegalStateException where the launcher built nothing
   */
  public List<String> people() {
    if (!unpacked) {
      throw new IllegalStateException("the commands are not built; start with ./heal8s");
    }
    return List.of(
        java().toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        root.resolveSibling("cli").resolve("*").toString(),
        "io.heal8s.cli.Heal8s");
  }

  private Path bootJar(String service) {
    Path target = root.resolve(service).resolve("target");
    if (Files.isDirectory(target)) {
      try (Stream<Path> files = Files.list(target)) {
        return files
            .filter(file -> Objects.toString(file.getFileName()).endsWith("-boot.jar"))
            .findFirst()
            .orElseThrow(() -> notBuilt(service));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw notBuilt(service);
  }

  private static IllegalStateException notBuilt(String service) {
    return new IllegalStateException(service + " is not built; run mvn package, or use ./heal8s");
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}
