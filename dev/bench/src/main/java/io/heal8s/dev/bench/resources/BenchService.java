// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.resource.store.postgres.ConnectionSettings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The service as a process of its own, on a database that is there, with default settings but for
 * those that are given.
 */
public final class BenchService implements AutoCloseable {

  /** Name of its module and process. */
  public static final String NAME = "resource-controller";

  private static final Duration READY = Duration.ofSeconds(120);

  /** As {@code ./heal8s up resource-controller} starts it. */
  private static final String HEAP = "-Xmx512m";

  private final ServiceProcess process;
  private final int port;
  private final String user;

  private BenchService(ServiceProcess process, int port, String user) {
    this.process = process;
    this.port = port;
    this.user = user;
  }

  /** Starts one; the settings are given as {@code NAME=value}. It is not ready yet. */
  public static BenchService start(BenchServer server, String name, List<String> settings)
      throws IOException {
    return start(server, name, server.connection().user(), settings);
  }

  /** The same as that user of the database. */
  public static BenchService start(
      BenchServer server, String name, String user, List<String> settings) throws IOException {
    int port = ServiceProcess.freePort();
    int management = ServiceProcess.freePort();
    Path folder = Files.createDirectories(server.folder().resolve(name));
    ConnectionSettings database = server.connection();
    List<String> line = new ArrayList<>(Distribution.find(System.getenv()).command(NAME));
    line.add(line.indexOf("-jar"), HEAP);
    List<String> all =
        new ArrayList<>(
            List.of(
                "heal8s.management.port=" + management,
                "API_HOST=127.0.0.1",
                "API_PORT=" + port,
                "AUTH=none",
                "DATA_DIR=" + folder.resolve("data"),
                "DB_HOST=" + database.host(),
                "DB_PORT=" + database.port(),
                "DB_NAME=" + database.name(),
                "DB_USER=" + user,
                // The server trusts everybody on this machine, but one must be given.
                "DB_PASSWORD=unused"));
    all.addAll(settings);
    all.forEach(setting -> line.add("--" + setting));
    return new BenchService(
        ServiceProcess.start(
            new ServiceProcess.Definition(NAME, line, Map.of(), management, folder)),
        port,
        user);
  }

  /**
   * The setting with which it has the plugin {@code instant}, which is in the jar of this class.
   */
  static String instantPlugin(BenchServer server) throws IOException {
    Path folder = Files.createDirectories(server.folder().resolve("plugins"));
    Path target = folder.resolve("instant.jar");
    if (!Files.exists(target)) {
      Files.copy(jar(), target);
    }
    return "PLUGIN_DIRECTORY=" + folder;
  }

  private static Path jar() {
    try {
      var source = BenchService.class.getProtectionDomain().getCodeSource();
      Path jar = Path.of(Objects.requireNonNull(source).getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        throw new IllegalStateException(jar + " is no jar: start this with ./heal8s bench");
      }
      return jar;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it says that it is ready. */
  public BenchService awaitReady() throws InterruptedException {
    process.awaitReady(READY);
    return this;
  }

  /** Whether it says so now. */
  public boolean isReady() {
    return process.isReady();
  }

  /** Of the REST interface. */
  public int port() {
    return port;
  }

  /** Whom the database takes it for. */
  public String user() {
    return user;
  }

  /** The process. */
  public ServiceProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
