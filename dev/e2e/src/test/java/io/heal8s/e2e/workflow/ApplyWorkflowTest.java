// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.controlplane.Parts;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
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
import java.util.Set;
import java.util.stream.Collectors;
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
  private String before = "";
  private String pullRequest = "7\theal8s/increase-memory/api-01234567\n";
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
    before = revision("HEAD");
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
    assertThat(run.output()).contains("The merge changes no manifest that could be applied");
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
  void aRenamedManifestIsAppliedAndTheOldOneOnlySaid() throws Exception {
    Files.delete(checkout.resolve("apps/api.yaml"));
    write("apps/shop/api $(x).yaml", manifest().replace("256Mi", "448Mi"));
    mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(liveMemory()).isEqualTo("448Mi");
    assertThat(run.output()).contains("Deleted in git, left in the cluster: apps/api.yaml");
    assertThat(comments()).contains("deleted or renamed were left in the cluster");
  }

  @Test
  void everyCommitOfARebaseMergeCounts() throws Exception {
    write("apps/api.yaml", manifest().replace("256Mi", "512Mi"));
    git("commit", "-q", "-a", "-m", "the change");
    write("apps/notes.txt", "a reviewer's word");
    git("add", "-A");
    git("commit", "-q", "-m", "the last commit changes no manifest");

    Workflow.Run run = run();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(liveMemory()).isEqualTo("512Mi");
  }

  @Test
  void aPushThatMergesNoPullRequestOfOursDoesNothing() throws Exception {
    pullRequest = "8\tfeature/heal8s/x\n";
    write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).contains("nothing is applied");
    assertThat(liveMemory()).isEqualTo("256Mi");
    assertThat(comments()).isEmpty();
  }

  @Test
  void aForcePushAndANewBranchAreRefused() throws Exception {
    git("checkout", "-q", "--orphan", "other");
    write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    git("add", "-A");
    git("commit", "-q", "-m", "another history");
    Workflow.Run forced = run();
    before = "1".repeat(40);
    Workflow.Run gone = run();
    before = "0".repeat(40);
    Workflow.Run fresh = run();

    assertThat(forced.exit()).isNotZero();
    assertThat(forced.output()).contains("force push");
    assertThat(gone.output()).contains("force push");
    assertThat(fresh.exit()).isNotZero();
    assertThat(fresh.output()).contains("The branch is new");
    assertThat(liveMemory()).isEqualTo("256Mi");
    assertThat(comments()).contains("Not applied");
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path outside = Files.writeString(folder.resolve("outside.yaml"), "password: hunter2\n");
    Files.createSymbolicLink(checkout.resolve("apps/link.yaml"), outside);
    write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).contains("not applied: apps/link.yaml").doesNotContain("hunter2");
    assertThat(liveMemory()).isEqualTo("320Mi");
  }

  /** Names that would be options, several lines, commands of the runner, or not even text. */
  @Test
  void namesOfFilesAreNames() throws Exception {
    Path canary = folder.resolve("canary");
    Map<String, String> files =
        Map.of(
            "a", "-f.yaml",
            "b", "--namespace=kube-system.yaml",
            "c", "x\n::add-mask::a\n.yaml",
            "d", "apps/'; touch ${CANARY}; '.yml",
            "e", "apps/*.json",
            "f", ":(exclude)apps.yaml",
            "g", "*.yaml",
            "h", "apps/h,/etc/h.yaml");
    for (String name : files.keySet()) {
      cluster.applyText(service(name, "no"));
      write(files.get(name), service(name, "yes"));
    }
    git("rm", "-q", "apps/api.yaml");
    mergeOfABranch();

    Workflow.Run run = run(Map.of("CANARY", canary.toString()));

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(canary).doesNotExist();
    assertThat(run.output()).doesNotContainPattern("(?m)^::add-mask");
    assertThat(appliedServices()).isEqualTo(files.keySet());
  }

  private String service(String name, String applied) {
    return """
        {"apiVersion": "v1", "kind": "Service",
         "metadata": {"name": "%s", "namespace": "%s", "labels": {"applied": "%s"}},
         "spec": {"ports": [{"port": 80}]}}
        """
        .formatted(name, cluster.namespace(), applied);
  }

  private Set<String> appliedServices() throws Exception {
    return new CoreV1Api(cluster.admin())
            .listNamespacedService(cluster.namespace())
            .labelSelector("applied=yes")
            .execute()
            .getItems()
            .stream()
            .map(one -> Objects.requireNonNull(Objects.requireNonNull(one.getMetadata()).getName()))
            .collect(Collectors.toSet());
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

  private Workflow.Run run() throws Exception {
    return run(Map.of());
  }

  private Workflow.Run run(Map<String, String> more) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path gh = bin.resolve("gh");
    Files.writeString(
        gh,
        """
        #!/bin/sh
        case $1 in
          api) [ "$2" = "repos/shop/manifests/commits/%s/pulls" ] && cat "%s" ;;
          *) printf '%%s ' "$@" >> "%s" ;;
        esac
        """
            .formatted(
                revision("HEAD"),
                Files.writeString(folder.resolve("pulls"), pullRequest),
                folder.resolve("comments")));
    Files.setPosixFilePermissions(gh, PosixFilePermissions.fromString("rwx------"));
    Path kubectl = bin.resolve("kubectl");
    if (!Files.exists(kubectl)) {
      Files.createSymbolicLink(kubectl, Programs.ofThisUser().kubectl());
    }
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LOOKUP_PAUSE", "0");
    environment.put("RUNNER_TEMP", runnerTemp.toString());
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    String kubeconfig =
        Base64.getEncoder()
            .encodeToString(
                Files.readAllBytes(cluster.kubeconfigFor(cluster.namespace(), "heal8s-apply")));
    Path found = folder.resolve("output");
    Files.writeString(found, "");
    environment.put("GITHUB_OUTPUT", found.toString());
    Map<String, String> expressions = new HashMap<>();
    expressions.put("secrets.HEAL8S_KUBECONFIG", kubeconfig);
    expressions.put("github.token", "none");
    expressions.put("github.repository", "shop/manifests");
    expressions.put("github.ref_name", "main");
    expressions.put("github.event.before", before);
    expressions.put("github.event.after", revision("HEAD"));
    expressions.put("github.server_url", "https://github.example");
    expressions.put("github.run_id", "1");
    Workflow.Run merged = Workflow.read(WORKFLOW, "merged").run(checkout, expressions, environment);
    String number = Files.readString(found).strip().replace("pull-request=", "");
    if (merged.exit() != 0 || number.isEmpty()) {
      return merged;
    }
    expressions.put("needs.merged.outputs.pull-request", number);
    return Workflow.read(WORKFLOW, "apply").run(checkout, expressions, environment);
  }

  private String comments() throws IOException {
    Path comments = folder.resolve("comments");
    return Files.exists(comments) ? Files.readString(comments) : "";
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

  private String revision(String name) throws Exception {
    return git("rev-parse", name).strip();
  }

  private String git(String... arguments) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of("git", "-c", "user.name=Test", "-c", "user.email=test@heal8s.example"));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line).directory(checkout.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
