// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.controlplane.Parts;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.e2e.workflow.GithubStandIn.Pull;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the workflow applies to a real API server, under the rights that it ships with. */
@RealCluster(parts = Parts.FULL)
class ApplyWorkflowTest {

  private static final String OURS = "heal8s/increase-memory/api-01234567";

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
  private final TestCluster cluster;
  private GitCheckout git;
  private GithubStandIn github;
  private String before = "";

  ApplyWorkflowTest(TestCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void aRepositoryWhoseManifestIsLive() throws Exception {
    git = new GitCheckout(folder.resolve("checkout"));
    github = new GithubStandIn(folder.resolve("gh"));
    git.write("apps/api.yaml", manifest());
    before = git.commit("as it is");
    cluster.applyText(manifest());
    cluster.applyText(
        Files.readString(WorkflowRun.FOLDER.resolve("rbac.yaml"))
            .replace("namespace: shop", "namespace: " + cluster.namespace()));
  }

  @Test
  void actionlintFindsNothing() throws Exception {
    Process process =
        new ProcessBuilder(
                Programs.ofThisUser().actionlint().toString(),
                "-no-color",
                WorkflowRun.FILE.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void aMergedChangeIsAppliedUnderTheLeastRightsAndReported() throws Exception {
    git.write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    git.mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(liveMemory()).isEqualTo("320Mi");
    assertThat(github.comments()).contains("pr comment 7").contains("the rollout is complete");
    assertThat(folder.resolve("runner/kubeconfig")).doesNotExist();
  }

  @Test
  void aMergeThatChangesNoManifestFailsLoudly() throws Exception {
    git.write("notes.txt", "nothing to apply");
    git.mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains("The merge changes no manifest that could be applied");
    assertThat(github.comments()).contains("Not applied");
    assertThat(liveMemory()).isEqualTo("256Mi");
  }

  @Test
  void aFileNameIsNeverAScript() throws Exception {
    Path canary = folder.resolve("canary");
    String evil = "apps/$(touch ${CANARY}); touch ${CANARY} #.yaml";
    git.write(evil, manifest().replace("256Mi", "384Mi"));
    git.mergeOfABranch();

    Workflow.Run run = run(Map.of("CANARY", canary.toString()));

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(canary).doesNotExist();
    assertThat(liveMemory()).isEqualTo("384Mi");
  }

  @Test
  void aRenamedManifestIsAppliedAndTheOldOneOnlySaid() throws Exception {
    Files.delete(git.folder().resolve("apps/api.yaml"));
    git.write("apps/shop/api $(x).yaml", manifest().replace("256Mi", "448Mi"));
    git.mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(liveMemory()).isEqualTo("448Mi");
    assertThat(run.output()).contains("Gone from git, left in the cluster: apps/api.yaml");
    assertThat(github.comments()).contains("deleted or renamed are left in the cluster");
  }

  @Test
  void everyCommitOfARebaseMergeCounts() throws Exception {
    git.write("apps/api.yaml", manifest().replace("256Mi", "512Mi"));
    git.commit("the change");
    git.write("apps/notes.txt", "a reviewer's word");
    git.commit("the last commit changes no manifest");

    Workflow.Run run = run();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(liveMemory()).isEqualTo("512Mi");
  }

  /** The first run failed or waited, the second one was applied, the first one is run again. */
  @Test
  void aLateRunPutsNothingOlderOverWhatIsNewer() throws Exception {
    git.write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    WorkflowRun first = push(git.mergeOfABranch());
    git.write("apps/api.yaml", manifest().replace("256Mi", "448Mi"));
    git.commit("somebody else, later");

    Workflow.Run run = first.all();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(liveMemory()).isEqualTo("448Mi");
    assertThat(run.output()).contains("Changed again since this merge");
    assertThat(github.comments()).contains("applied as the branch has them now");
  }

  @Test
  void whatWasTakenOutAgainIsNotApplied() throws Exception {
    git.write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    git.write("apps/notes.txt", "something to keep");
    WorkflowRun first = push(git.mergeOfABranch());
    git.run("rm", "-q", "apps/api.yaml");
    git.commit("it lives elsewhere now");

    Workflow.Run run = first.all();

    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains("Gone from git, left in the cluster: apps/api.yaml");
    assertThat(liveMemory()).isEqualTo("256Mi");
  }

  @Test
  void aHistoryThatWasRewrittenSinceIsNotApplied() throws Exception {
    git.write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    WorkflowRun first = push(git.mergeOfABranch());
    git.run("reset", "-q", "--hard", before);

    Workflow.Run run = first.all();

    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains("force push");
    assertThat(liveMemory()).isEqualTo("256Mi");
  }

  /** Of a push with several merges only what ours touched. */
  @Test
  void whatOthersMergedIsLeftToThem() throws Exception {
    git.write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    String ours = git.mergeOfABranch();
    cluster.applyText(service("theirs", "no"));
    git.write("apps/theirs.yaml", service("theirs", "yes"));
    String theirs = git.commit("another pull request");
    WorkflowRun push = runOf(theirs);
    github.push(
        before,
        theirs,
        git.commits(before, theirs),
        List.of(Pull.merged(7, OURS, ours), Pull.merged(8, "feature", theirs)));
    github.files(7, git.touched(before, ours));

    Workflow.Run run = push.all();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(liveMemory()).isEqualTo("320Mi");
    assertThat(appliedServices()).doesNotContain("theirs");
  }

  @Test
  void aPushThatMergesNoPullRequestOfOursDoesNothing() throws Exception {
    git.write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    String after = git.mergeOfABranch();
    WorkflowRun push = runOf(after);
    github.push(
        before,
        after,
        git.commits(before, after),
        List.of(Pull.merged(8, "feature/heal8s/x", after)));

    Workflow.Run run = push.all();

    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(run.output()).contains("nothing is applied");
    assertThat(liveMemory()).isEqualTo("256Mi");
    assertThat(github.comments()).isEmpty();
  }

  @Test
  void aForcePushAndANewBranchAreRefused() throws Exception {
    git.run("checkout", "-q", "--orphan", "other");
    git.write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    String after = git.commit("another history");
    Workflow.Run forced = rewritten(before, after);
    Workflow.Run gone = rewritten("1".repeat(40), after);
    Workflow.Run fresh = rewritten("0".repeat(40), after);

    assertThat(forced.exit()).isNotZero();
    assertThat(forced.output()).contains("force push");
    assertThat(gone.exit()).isNotZero();
    assertThat(gone.output()).contains("force push");
    assertThat(fresh.exit()).isNotZero();
    assertThat(fresh.output()).contains("The branch is new");
    assertThat(liveMemory()).isEqualTo("256Mi");
    assertThat(github.comments()).contains("Not applied");
  }

  private Workflow.Run rewritten(String from, String after) throws Exception {
    before = from;
    github.push(from, after, List.of(), List.of(Pull.merged(7, OURS, after)));
    return runOf(after).with("github.event.created || github.event.forced", "true").all();
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path outside = Files.writeString(folder.resolve("outside.yaml"), "password: hunter2\n");
    Files.createSymbolicLink(git.folder().resolve("apps/link.yaml"), outside);
    git.write("apps/api.yaml", manifest().replace("256Mi", "320Mi"));
    git.mergeOfABranch();

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
      git.write(files.get(name), service(name, "yes"));
    }
    git.run("rm", "-q", "apps/api.yaml");
    git.mergeOfABranch();

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
    git.write("apps/api.yaml", manifest().replace(cluster.namespace(), "kube-system"));
    git.mergeOfABranch();

    Workflow.Run run = run();

    assertThat(run.exit()).isNotZero();
    assertThat(run.output()).contains("forbidden");
    assertThat(github.comments()).contains("Not applied");
  }

  private Workflow.Run run() throws Exception {
    return run(Map.of());
  }

  private Workflow.Run run(Map<String, String> more) throws Exception {
    return push(git.head()).environment(more).all();
  }

  /** The run of a push that merges our pull request 7 and nothing else. */
  private WorkflowRun push(String after) throws Exception {
    github.push(before, after, git.commits(before, after), List.of(Pull.merged(7, OURS, after)));
    github.files(7, git.touched(before, after));
    return runOf(after);
  }

  private WorkflowRun runOf(String after) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path kubectl = bin.resolve("kubectl");
    if (!Files.exists(kubectl)) {
      Files.createSymbolicLink(kubectl, Programs.ofThisUser().kubectl());
    }
    String kubeconfig =
        Base64.getEncoder()
            .encodeToString(
                Files.readAllBytes(cluster.kubeconfigFor(cluster.namespace(), "heal8s-apply")));
    return new WorkflowRun(
            git.folder(), folder.resolve("runner"), before, after, github.folder() + ":" + bin)
        .with("secrets.HEAL8S_KUBECONFIG", kubeconfig);
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
}
