// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.PodCommands;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.dev.controlplane.ManifestApplier;
import io.heal8s.operator.act.PodExec;
import io.heal8s.operator.cluster.ClusterExec;
import io.heal8s.operator.intent.PodCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands through a real API server and a node that really runs them: kwok's Exec, which runs them
 * on this machine. What it cannot show is an exit code other than 0: kwok tells that as an internal
 * error, so exit codes are tested on the protocol ({@code PodCommandsTest}).
 */
@TestInstance(Lifecycle.PER_CLASS)
class ExecOnClusterTest {

  private final Cluster cluster = Cluster.start(ClusterOptions.full().withExecHere());
  private final KubernetesApi operator;

  ExecOnClusterTest() {
    ClusterAccess access = new ClusterAccess(cluster);
    new ManifestApplier(access.admin(), "test")
        .applyText(
            """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            ---
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: operator, namespace: default}}
            ---
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: runner, namespace: shop}}
            ---
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: bystander, namespace: shop}}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: impersonate, namespace: shop}
            rules:
              - {apiGroups: [""], resources: [serviceaccounts], resourceNames: [runner, bystander],
                 verbs: [impersonate]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: impersonate, namespace: shop}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: impersonate}
            subjects: [{kind: ServiceAccount, name: operator, namespace: default}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: runner, namespace: shop}
            rules: [{apiGroups: [""], resources: [pods/exec], verbs: [get, create]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: runner, namespace: shop}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: runner}
            subjects: [{kind: ServiceAccount, name: runner, namespace: shop}]
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: api, namespace: shop}
            spec: {containers: [{name: api, image: "api:1"}]}
            """,
            "default");
    this.operator =
        new KubernetesApi(access.asServiceAccount("default", "operator"), Duration.ofSeconds(10));
    KubernetesApi admin = new KubernetesApi(access.admin(), Duration.ofSeconds(10));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                new PodCommands(admin)
                        .run(
                            new ObjectKey("shop", "api"),
                            "api",
                            List.of("true"),
                            Duration.ofSeconds(5))
                    instanceof PodCommands.Result.Exited);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private PodExec.Result run(String account, Duration timeout, String... argv) {
    PodCommand command = new PodCommand(List.of(argv), null, new TreeMap<>(), timeout, false);
    return new ClusterExec(operator).run("shop", "api", "api", account, command);
  }

  private PodExec.Result run(String... argv) {
    return run("runner", Duration.ofSeconds(20), argv);
  }

  @Test
  void aCommandGetsItsArgumentsAsTheyAreAndItsOutputComesBack() {
    assertThat(run("printf", "%s|", "a b", "$HOME", "'", "ä"))
        .isEqualTo(new PodExec.Result.Exited(0, "a b|$HOME|'|ä|"));
  }

  @Test
  void bothStreamsAreRead() {
    assertThat(run("/bin/sh", "-c", "echo out; echo err >&2"))
        .isInstanceOfSatisfying(
            PodExec.Result.Exited.class,
            exited -> assertThat(exited.output()).contains("out").contains("err"));
  }

  @Test
  void outputIsBoundedAndItsEndIsKept() {
    assertThat(run("/bin/sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x; echo the end"))
        .isInstanceOfSatisfying(
            PodExec.Result.Exited.class,
            exited -> {
              assertThat(exited.code()).isZero();
              assertThat(exited.output()).hasSizeLessThanOrEqualTo(4096).endsWith("the end\n");
            });
  }

  @Test
  void noSuccessIsToldOfACommandThatFailedOrIsNotThere() {
    for (PodExec.Result told :
        List.of(run("/bin/sh", "-c", "echo done; exit 3"), run("/no/such/program"))) {
      if (told instanceof PodExec.Result.Exited(int code, String output)) {
        assertThat(code).as(output).isNotZero();
      }
    }
  }

  @Test
  void aCommandThatDoesNotEndIsGivenUp(@TempDir Path folder) throws Exception {
    List<Attempt> attempts = new ArrayList<>();
    try {
      // In its one second a busy machine may not come to begin it; then another is made.
      await()
          .untilAsserted(
              () -> {
                Attempt attempt = Attempt.in(folder.resolve("attempt-" + attempts.size()));
                attempts.add(attempt);
                assertThat(run("runner", Duration.ofSeconds(1), attempt.command()))
                    .isEqualTo(new PodExec.Result.Lost("it did not end in 1 s"));
                assertThat(attempt.process()).isNotEmptyFile();
              });
      Optional<ProcessHandle> left =
          ProcessHandle.of(Long.parseLong(Files.readString(attempts.getLast().process()).strip()));
      attempts.getLast().end();
      if (left.isPresent()) {
        left.get().onExit().get(60, TimeUnit.SECONDS);
      }
    } finally {
      for (Attempt attempt : attempts) {
        attempt.end();
      }
    }
  }

  /**
   * A command that waits for a line that only we write.
   *
   * @param process where it tells its process id
   */
  private record Attempt(Path pipe, Path process) {

    static Attempt in(Path folder) throws Exception {
      Path pipe = Files.createDirectory(folder).resolve("pipe");
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      return new Attempt(pipe, folder.resolve("process"));
    }

    String[] command() {
      return new String[] {
        "/bin/sh", "-c", "echo $$ > '" + process + "'; read line < '" + pipe + "'"
      };
    }

    /** It goes on, or will find no pipe if it has not begun. */
    void end() throws IOException {
      if (Files.exists(pipe)) {
        // Opened both ways, which waits for nobody.
        try (RandomAccessFile line = new RandomAccessFile(pipe.toFile(), "rw")) {
          line.writeBytes("the end\n");
          Files.delete(pipe);
        }
      }
    }
  }

  @Test
  void anAccountWithoutTheRightIsRefused() {
    assertThat(run("bystander", Duration.ofSeconds(20), "true"))
        .isInstanceOf(PodExec.Result.Refused.class);
  }
}
