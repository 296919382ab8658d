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
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** One RabbitMQ for the run, on loopback and free ports. */
final class RealRabbit implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String IMAGE = "rabbitmq:4";
  private static final int AMQP = 5672;

  private final int port;
  private final Runnable end;

  private RealRabbit(int port, Runnable end) {
    this.port = port;
    this.end = end;
  }

  /**
   * Starts one: the programs of this machine, or a container where those cannot be had.
   *
   * @throws IOException with the reason why there are no programs, where there is no engine either
   */
  static RealRabbit start() throws IOException, InterruptedException {
    RabbitPrograms programs;
    try {
      programs = RabbitPrograms.get();
    } catch (IOException noPrograms) {
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        throw noPrograms;
      }
      return inContainer();
    }
    return ofPrograms(programs);
  }

  /** Written where no engine was at hand. */
  private static RealRabbit inContainer() {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE)).withExposedPorts(AMQP);
    container.start();
    return answering(new RealRabbit(container.getMappedPort(AMQP), container::stop));
  }

  private static RealRabbit answering(RealRabbit rabbit) {
    try {
      Awaitility.await().atMost(PATIENCE).until(rabbit::answers);
    } catch (RuntimeException e) {
      rabbit.close();
      throw e;
    }
    return rabbit;
  }

  private static RealRabbit ofPrograms(RabbitPrograms programs) throws IOException {
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
    return answering(new RealRabbit(port, () -> end(directory, List.of(server, names))));
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
    end.run();
  }

  private static void end(Path directory, List<Process> processes) {
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
