// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher's own command in processes of its own, as a person would. */
class BackgroundClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path state;

  @AfterEach
  void stop() throws Exception {
    command("down");
  }

  @Test
  void upRunsUntilDown() throws Exception {
    assertThat(command("kubeconfig"))
        .isEqualTo(new Said(1, "", "no cluster runs; ./heal8s cluster up starts one"));

    Said up = command("up", "--api");
    assertThat(up.code).as(up.err).isZero();
    Path kubeconfig = Path.of(up.out);
    new CoreV1Api(new ClusterAccess(cluster(kubeconfig)).admin()).listNamespace().execute();
    assertThat(command("up", "--api").out).as("a second up finds the first").isEqualTo(up.out);
    assertThat(command("kubeconfig").out).isEqualTo(up.out);

    assertThat(command("down")).isEqualTo(new Said(0, "stopped", ""));
    assertThat(kubeconfig).as("the folder of the cluster is gone").doesNotExist();
    assertThat(command("down").out).isEqualTo("no cluster runs");
  }

  @Test
  void aSupervisorThatIsKilledTakesTheClusterWithIt() throws Exception {
    Said up = command("up", "--api");
    assertThat(up.code).as(up.err).isZero();
    ProcessHandle supervisor = supervisor();
    List<ProcessHandle> children = supervisor.children().toList();
    assertThat(children).hasSize(2);

    supervisor.destroyForcibly();

    await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(command("kubeconfig").code).isEqualTo(1);
    assertThat(command("up", "--api").code).as("what it left is in nobody's way").isZero();
  }

  /** While it is there, those who wait ask for the lock that the next supervisor needs. */
  @Test
  void whatAKilledSupervisorLeftIsGoneBeforeTheNextOneBegins() throws Exception {
    Path left = state.resolve("kubeconfig-path");
    Files.writeString(left, "/gone/kubeconfig");
    BackgroundCluster cluster = new BackgroundCluster(state);
    assertThat(cluster.kubeconfig()).isEmpty();
    assertThatThrownBy(() -> cluster.up(List.of("/bin/ls", "-1"), Map.of()))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("the cluster did not start")
        .hasMessageContaining("supervisor.log")
        .hasMessageNotContaining("kubeconfig-path");
  }

  @Test
  void wrongArgumentsAreNamed() throws Exception {
    assertThat(command("up", "--fast").err).startsWith("up does not take --fast");
    assertThat(command("sideways").code).isEqualTo(2);
    assertThat(command("program", "nonsense").err).startsWith("no program is called nonsense");
  }

  private ProcessHandle supervisor() throws IOException {
    String pid = Files.readString(state.resolve("heal8s/cluster/supervisor.pid"));
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static Cluster cluster(Path kubeconfig) {
    return KubeconfigCluster.open(kubeconfig, ClusterOptions.api());
  }

  private Said command(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    line.add(ControlPlaneMain.class.getName());
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("XDG_STATE_HOME", state.toString());
    Process process = builder.start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new Said(
        process.exitValue(), text(process.getInputStream()), text(process.getErrorStream()));
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private record Said(int code, String out, String err) {}
}
