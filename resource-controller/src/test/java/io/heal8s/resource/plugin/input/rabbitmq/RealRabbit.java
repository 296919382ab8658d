// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One RabbitMQ for the run, on loopback and free ports. */
final class RealRabbit implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path directory;
  private final int port;
  private final List<Process> processes;

  private RealRabbit(Path directory, int port, List<Process> processes) {
    this.directory = directory;
    this.port = port;
    this.processes = processes;
  }

  static RealRabbit start() throws IOException, InterruptedException {
    RabbitPrograms programs = RabbitPrograms.get();
    Path directory = Files.createTempDirectory("heal8s-rabbitmq-");
    int port = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", directory.toString());
    environment.put("PATH", programs.erlang() + ":" + System.getenv("PATH"));
    environment.put("ERL_EPMD_PORT", Integer.toString(freePort()));
    environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    environment.put("RABBITMQ_NODENAME", "test-" + port + "@localhost");
    environment.put("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1");
    environment.put("RABBITMQ_NODE_PORT", Integer.toString(port));
    environment.put("RABBITMQ_DIST_PORT", Integer.toString(freePort()));
    environment.put("RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString());
    environment.put("RABBITMQ_LOG_BASE", directory.toString());
    environment.put("RABBITMQ_LOGS", directory.resolve("rabbit.log").toString());
    environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", directory.resolve("plugins").toString());
    environment.put("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq").toString());
    environment.put("RABBITMQ_CONF_ENV_FILE", directory.resolve("none").toString());
    environment.put(
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
    // Started by us, so that it ends with us: the server would leave one behind.
    Process names = process(directory, environment, programs.erlang().resolve("epmd").toString());
    Process server = process(directory, environment, "sh", programs.server().toString());
    RealRabbit rabbit = new RealRabbit(directory, port, List.of(server, names));
    try {
      Awaitility.await().atMost(PATIENCE).until(rabbit::answers);
    } catch (RuntimeException e) {
      rabbit.close();
      throw e;
    }
    return rabbit;
  }

  private static Process process(Path directory, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out-" + command.length).toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        Connection connection = connect()) {
      return socket.isConnected() && connection.isOpen();
    } catch (IOException | TimeoutException e) {
      return false;
    }
  }

  String uri() {
    return "amqp://127.0.0.1:" + port;
  }

  Connection connect() throws IOException, TimeoutException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(port);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection();
  }

  @Override
  public void close() {
    for (Process process : processes) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroy();
      try {
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // The folder of the machine's temporary files is tidied up by others, too.
      directory.toFile().deleteOnExit();
    }
  }
}
