// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.controlplane.Parts;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealCluster(parts = Parts.FULL)
class ApplyWorkflowTest {

  private static final Path FOLDER =
      Path.of("../../deploy/github-actions").toAbsolutePath().normalize();
  private static final Path WORKFLOW = FOLDER.resolve("apply-remediation.yaml");

  private static final String MANIFEST =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: api
        namespace: NAMESPACE
      spec:
        selector: {app: api}
        ports: [{port: 80}]
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: api
        namespace: NAMESPACE
      spec:
        replicas: 2
        selector: {matchLabels: {app: api}}
        template:
          metadata: {labels: {app: api}}
          spec:
            containers:
            - name: api
              image: registry.example/api:1
              resources: {limits: {memory: 256Mi}}
      """;

  @TempDir Path folder;
  private Path checkout;
  private Path runnerTemp;
  private final TestCluster cluster;

  ApplyWorkflowTest(TestCluster cluster) {
    this.cluster = cluster;
    this.checkout = Path.of("");
    this.runnerTemp = Path.of("");
  }

  @BeforeEach
  void aRepositoryWhoseManifestIsLive() throws Exception {
    checkout = Files.createDirectories(folder.resolve("checkout"));
    runnerTemp = Files.createDirectories(folder.resolve("runner"));
    git("init", "-q", "-b", "main");
    write("apps/api.yaml", manifest());
    git("add", "-A");
    git("commit", "-q", "-m", "as it is");
    cluster.applyText(manifest());
    cluster.applyText(
        Files.readString(FOLDER.resolve("rbac.yaml"))
            .replace("namespace: shop", "namespace: " + cluster.namespace()));
  }

  @Test
  void actionlintFindsNothing() throws Exception {
    Process process =
        new ProcessBuilder(
                Programs.ofThisUser().actionlint().toString(), "-no-color", WORKFLOW.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void aMergedChangeIsAppliedUnderTheLeastRightsAndReported() throws Exception {
    write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(liveMemory()).isEqualTo("320Mi");
    assertThat(comments()).contains("pr comment 7").contains("the rollout is complete");
    assertThat(runnerTemp.resolve("kubeconfig")).doesNotExist();
  }

  @Test
  void aMergeThatChangesNoManifestFailsLoudly() throws Exception {
    write("notes.txt", "nothing to apply");
    mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains("The merge changes no manifest");
    assertThat(comments()).contains("Not applied");
    assertThat(liveMemory()).isEqualTo("256Mi");
  }

  @Test
  void aFileNameIsNeverAScript() throws Exception {
    Path canary = folder.resolve("canary");
    String evil = "apps/$(touch ${CANARY}); touch ${CANARY} #.yaml";
    write(evil, manifest().replace("256Mi", "384Mi"));
    mergeOfABranch();

    Workflow.Run run = run(Map.of("CANARY", canary.toString()));

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(canary).doesNotExist();
    assertThat(liveMemory()).isEqualTo("384Mi");
  }

  @Test
  void aManifestOfAnotherNamespaceIsRefusedByTheRightsOfTheAccount() throws Exception {
    write("apps/api.yaml", manifest().replace(cluster.namespace(), "kube-system"));
    mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains("forbidden");
    assertThat(comments()).contains("Not applied");
  }

  private Workflow.Run run() throws IOException, InterruptedException {
    return run(Map.of());
  }

  private Workflow.Run run(Map<String, String> more) throws IOException, InterruptedException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path gh = bin.resolve("gh");
    Files.writeString(
        gh, "#!/bin/sh\nprintf '%s ' \"$@\" >> \"" + folder.resolve("comments") + "\"\n");
    Files.setPosixFilePermissions(gh, PosixFilePermissions.fromString("rwx------"));
    Path kubectl = bin.resolve("kubectl");
    if (!Files.exists(kubectl)) {
      Files.createSymbolicLink(kubectl, Programs.ofThisUser().kubectl());
    }
    Map<String, String> environment = new HashMap<>(more);
    environment.put("RUNNER_TEMP", runnerTemp.toString());
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    String kubeconfig =
        Base64.getEncoder()
            .encodeToString(
                Files.readAllBytes(cluster.kubeconfigFor(cluster.namespace(), "heal8s-apply")));
    Map<String, String> expressions =
        Map.of(
            "secrets.HEAL8S_KUBECONFIG", kubeconfig,
            "github.token", "none",
            "github.repository", "shop/manifests",
            "github.event.pull_request.number", "7",
            "github.server_url", "https://github.example",
            "github.run_id", "1");
    return Workflow.read(WORKFLOW).run(checkout, expressions, environment);
  }

  private String comments() throws IOException {
    return Files.readString(folder.resolve("comments"));
  }

  private String manifest() {
    return MANIFEST.replace("NAMESPACE", cluster.namespace());
  }

  private String liveMemory() throws Exception {
    V1Deployment live =
        new AppsV1Api(cluster.admin())
            .readNamespacedDeployment("api", cluster.namespace())
            .execute();
    return Objects.requireNonNull(
            Objects.requireNonNull(
                    Objects.requireNonNull(
                            Objects.requireNonNull(
                                    Objects.requireNonNull(live.getSpec()).getTemplate().getSpec())
                                .getContainers()
                                .getFirst()
                                .getResources())
                        .getLimits())
                .get("memory"))
        .toSuffixedString();
  }

  private void write(String file, String content) throws IOException {
    Path path = checkout.resolve(file);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.writeString(path, content);
  }

  private void mergeOfABranch() throws Exception {
    git("checkout", "-q", "-b", "heal8s/increase-memory/api-01234567");
    git("add", "-A");
    git("commit", "-q", "-m", "more memory");
    git("checkout", "-q", "main");
    git("merge", "-q", "--no-ff", "-m", "merge", "heal8s/increase-memory/api-01234567");
  }

  private void git(String... arguments) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of("git", "-c", "user.name=Test", "-c", "user.email=test@heal8s.example"));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line).directory(checkout.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
