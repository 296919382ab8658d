// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.rabbitmq;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's packages of RabbitMQ and Erlang, unpacked into the cache. */
record RabbitPrograms(Path root) {

  private static final List<String> PACKAGES =
      List.of(
          "rabbitmq-server",
          "erlang-asn1",
          "erlang-base",
          "erlang-crypto",
          "erlang-eldap",
          "erlang-ftp",
          "erlang-inets",
          "erlang-mnesia",
          "erlang-os-mon",
          "erlang-parsetools",
          "erlang-public-key",
          "erlang-runtime-tools",
          "erlang-snmp",
          "erlang-ssl",
          "erlang-syntax-tools",
          "erlang-tftp",
          "erlang-tools",
          "erlang-xmerl");

  /**
   * Finds or fetches them.
   *
   * @throws IOException with the reason when they cannot be had here
   */
  static RabbitPrograms get() throws IOException, InterruptedException {
    Path root = cache().resolve("rabbitmq");
    if (!Files.exists(root)) {
      Files.createDirectories(cache());
      Path fresh = Files.createTempDirectory(cache(), "rabbitmq-");
      fetch(fresh, root);
      try {
        Files.move(fresh, root, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException another) {
        // Somebody else was faster.
        if (!Files.exists(root)) {
          throw another;
        }
      }
    }
    return new RabbitPrograms(root);
  }

  private static Path cache() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("heal8s");
  }

  private static void fetch(Path into, Path later) throws IOException, InterruptedException {
    Path packages = Files.createDirectory(into.resolve("packages"));
    List<String> download = new ArrayList<>(List.of("apt-get", "-q", "download"));
    download.addAll(PACKAGES);
    run(packages, download);
    try (Stream<Path> files = Files.list(packages)) {
      for (Path file : files.toList()) {
        run(into, List.of("dpkg-deb", "-x", file.toString(), into.toString()));
        Files.delete(file);
      }
    }
    // Erlang knows where it was installed; it is not installed.
    Path erl = into.resolve("usr/lib/erlang/bin/erl");
    String script = Files.readString(erl);
    Files.writeString(
        erl,
        script.replace("ROOTDIR=/usr/lib/erlang", "ROOTDIR=" + later.resolve("usr/lib/erlang")));
  }

  private static void run(Path where, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command.getFirst() + " did not give Debian's packages");
    }
  }

  Path erlang() {
    return root.resolve("usr/lib/erlang/bin");
  }

  Path server() throws IOException {
    try (Stream<Path> versions = Files.list(root.resolve("usr/lib/rabbitmq/lib"))) {
      return versions
          .sorted()
          .findFirst()
          .orElseThrow(() -> new IOException("no rabbitmq_server"))
          .resolve("sbin/rabbitmq-server");
    }
  }
}
