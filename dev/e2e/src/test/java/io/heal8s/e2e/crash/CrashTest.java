// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.dev.suite.GitRepository;
import io.heal8s.dev.suite.RemediationFeed;
import io.heal8s.dev.suite.RemediationFeed.Sighting;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration OFTEN = Duration.ofMillis(10);
  private static final String DIRECT = "direct";
  private static final String DIRECT_UNDO = "direct-undo";

  /** Every step of a Remediation through git that is written down, in order. */
  private enum Recorded {
    CREATED(sighting -> true),
    PLANNED(sighting -> sighting.status().isTrue(ConditionType.Planned)),
    GATED(sighting -> sighting.status().isTrue(ConditionType.Gated)),
    BRANCH_INTENDED(sighting -> sighting.status().pullRequest() != null),
    PULL_REQUEST_OPEN(sighting -> sighting.status().isTrue(ConditionType.PullRequestOpen)),
    MERGED(sighting -> sighting.status().isTrue(ConditionType.PullRequestMerged)),
    EFFECT_RECORDED(sighting -> sighting.status().applied() != null),
    LIVE(sighting -> sighting.status().isTrue(ConditionType.Applied));

    private final Predicate<Sighting> reached;

    Recorded(Predicate<Sighting> reached) {
      this.reached = reached;
    }
  }

  /** What is written down after that of one whose change did not help, in order. */
  private enum Undoing {
    ASKED(sighting -> sighting.status().revert() != null),
    BRANCH_INTENDED(sighting -> sighting.status().revertPullRequest() != null),
    OPEN(sighting -> sighting.status().isTrue(ConditionType.RevertOpen)),
    MERGED(sighting -> sighting.status().isTrue(ConditionType.RevertMerged));

    private final Predicate<Sighting> reached;

    Undoing(Predicate<Sighting> reached) {
      this.reached = reached;
    }
  }

  /** Those that an alert goes through; graphql-monitor has a test of its own. */
  static final List<Service> SERVICES =
      List.of(Service.ALERT_GATEWAY, Service.REMEDIATION_OPERATOR, Service.GITHUB_PR_SERVICE);

  /** Those that take a change back. */
  static final List<Service> UNDOING =
      List.of(Service.REMEDIATION_OPERATOR, Service.GITHUB_PR_SERVICE);

  private final CrashSite site;

  CrashTest() throws InterruptedException {
    List<CrashWorkload> workloads = new ArrayList<>();
    workloads.add(CrashWorkload.changedDirectly(DIRECT));
    workloads.add(CrashWorkload.changedDirectly(DIRECT_UNDO).thatStaysSick());
    SERVICES.forEach(service -> workloads.add(CrashWorkload.inGit(namespace(service))));
    UNDOING.forEach(service -> workloads.add(sick(service)));
    site = CrashSite.start(workloads);
  }

  @BeforeAll
  void allServicesAreReady() {
    for (Service service : SERVICES) {
      assertThat(site.suite().process(service).isReady()).as(service.module()).isTrue();
    }
  }

  @AfterAll
  void stop() {
    site.close();
  }

  private static String namespace(Service service) {
    return "kill-" + service.module();
  }

  private static CrashWorkload sick(Service service) {
    return CrashWorkload.inGit("undo-" + service.module()).thatStaysSick();
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void aServiceKilledAtEveryStepLeavesOnePullRequestAndOneChange(Service service) throws Exception {
    String namespace = namespace(service);
    GitRepository repository = site.repository();
    List<String> branchesSeen = new ArrayList<>();
    try (RemediationFeed feed = site.feed(namespace)) {
      new AlertSender(site.suite()).sendUntilAccepted(namespace);
      for (Recorded step : Recorded.values()) {
        Sighting seen = reached(feed, step.name(), step.reached);
        site.suite().process(service).restart();
        if (step == Recorded.PULL_REQUEST_OPEN) {
          branchesSeen.addAll(branches());
          repository.merge(branchOf(seen.status().pullRequest()));
        }
      }
      Sighting end = feed.await("the end", PATIENCE, CrashTest::ended);

      assertThat(end.status().phase()).as(end.status().toString()).isEqualTo(Phase.Succeeded);
    }
    assertThat(branchesSeen).as("one pull request, not two").hasSize(1);
    assertThat(branches()).as("nothing opened again after the merge").isEmpty();
    assertThat(memory(namespace)).isEqualTo("320Mi");
    assertThat(generation(namespace)).as("changed once").isEqualTo(2);
  }

  @Test
  void theOperatorKilledAroundADirectChangeMakesItOnce() throws Exception {
    try (RemediationFeed feed = site.feed(DIRECT)) {
      new AlertSender(site.suite()).sendUntilAccepted(DIRECT);
      for (Predicate<Sighting> recorded : directSteps()) {
        reached(feed, "a recorded step", recorded);
        site.suite().process(Service.REMEDIATION_OPERATOR).restart();
      }
      Sighting end = feed.await("the end", PATIENCE, CrashTest::ended);

      assertThat(end.status().phase()).as(end.status().toString()).isEqualTo(Phase.Succeeded);
    }
    assertThat(memory(DIRECT)).isEqualTo("320Mi");
    assertThat(generation(DIRECT)).as("changed once").isEqualTo(2);
  }

  private static List<Predicate<Sighting>> directSteps() {
    return List.of(
        sighting -> true,
        sighting -> sighting.status().isTrue(ConditionType.Planned),
        sighting -> sighting.status().isTrue(ConditionType.Gated),
        sighting -> sighting.status().intent() != null || sighting.status().applied() != null,
        sighting -> sighting.status().applied() != null,
        sighting -> sighting.status().isTrue(ConditionType.Applied));
  }

  @ParameterizedTest
  @FieldSource("UNDOING")
  void aServiceKilledAtEveryStepOfAnUndoLeavesOneRevertAndWhatWasThereBefore(Service service)
      throws Exception {
    CrashWorkload workload = sick(service);
    GitRepository repository = site.repository();
    List<String> revertsSeen = new ArrayList<>();
    String pushed = "";
    try (RemediationFeed feed = site.feed(workload.namespace())) {
      new AlertSender(site.suite()).sendUntilAccepted(workload.namespace());
      Sighting open = reached(feed, "open", Recorded.PULL_REQUEST_OPEN.reached);
      repository.merge(branchOf(open.status().pullRequest()));
      for (Undoing step : Undoing.values()) {
        Sighting seen = reached(feed, step.name(), step.reached);
        site.suite().process(service).restart();
        if (step == Undoing.BRANCH_INTENDED) {
          // Once more when the branch is there, mostly before a status says so.
          await().atMost(PATIENCE).pollInterval(OFTEN).until(() -> !reverts().isEmpty());
          site.suite().process(service).restart();
          pushed = headOf(reverts().getFirst());
        }
        if (step == Undoing.OPEN) {
          revertsSeen.addAll(reverts());
          repository.merge(branchOf(seen.status().revertPullRequest()));
        }
      }
      Sighting end = feed.await("the end", PATIENCE, CrashTest::ended);
      site.suite().process(service).awaitReady(PATIENCE);

      assertThat(end.status().phase()).as(end.status().toString()).isEqualTo(Phase.RolledBack);
      assertThat(Objects.requireNonNull(end.status().revertPullRequest()).headSHA())
          .as("pushed once")
          .isEqualTo(pushed);
    }
    assertThat(revertsSeen).as("one revert, not two").hasSize(1);
    assertThat(repository.branches()).as("nothing opened again after the merge").isEmpty();
    assertThat(repository.content(headOf(GitRepository.BASE), workload.file()))
        .isEqualTo(workload.manifest());
    assertThat(memory(workload.namespace())).isEqualTo("256Mi");
    assertThat(generation(workload.namespace())).as("changed once and back once").isEqualTo(3);
  }

  @Test
  void theOperatorKilledAroundTheUndoOfADirectChangeTakesItBackOnce() throws Exception {
    ServiceProcess operator = site.suite().process(Service.REMEDIATION_OPERATOR);
    try (RemediationFeed feed = site.feed(DIRECT_UNDO)) {
      new AlertSender(site.suite()).sendUntilAccepted(DIRECT_UNDO);
      reached(feed, "live", Recorded.LIVE.reached);
      operator.restart();
      reached(feed, "a recorded undo", CrashTest::undoIsRecorded);
      operator.restart();
      // Once more when it is made, mostly before a status says so.
      await().atMost(PATIENCE).pollInterval(OFTEN).until(() -> memory(DIRECT_UNDO).equals("256Mi"));
      operator.restart();
      Sighting end = feed.await("the end", PATIENCE, CrashTest::ended);
      operator.awaitReady(PATIENCE);

      assertThat(end.status().phase()).as(end.status().toString()).isEqualTo(Phase.RolledBack);
      assertThat(end.status().attempts()).isEqualTo(1);
    }
    assertThat(memory(DIRECT_UNDO)).isEqualTo("256Mi");
    assertThat(generation(DIRECT_UNDO)).as("changed once and back once").isEqualTo(3);
  }

  private static boolean undoIsRecorded(Sighting sighting) {
    RecordedIntent intent = sighting.status().intent();
    return intent != null && intent.type() == RecordedIntent.Type.Undo;
  }

  private static Sighting reached(RemediationFeed feed, String step, Predicate<Sighting> recorded)
      throws Exception {
    Sighting seen = feed.await(step, PATIENCE, recorded.or(CrashTest::ended));
    assertThat(ended(seen)).as("ended before " + step + ": " + seen.status()).isFalse();
    return seen;
  }

  private List<String> reverts() {
    return site.repository().branches().stream()
        .filter(branch -> branch.startsWith("heal8s/revert/"))
        .toList();
  }

  private String headOf(String branch) {
    return Objects.requireNonNull(site.repository().head(branch), branch).name();
  }

  /** Pull requests of plans; a revert of another case is none of this one's. */
  private List<String> branches() {
    return site.repository().branches().stream()
        .filter(branch -> !branch.startsWith("heal8s/revert/"))
        .toList();
  }

  private static boolean ended(Sighting sighting) {
    Phase phase = sighting.status().phase();
    return phase != null && phase.isEnd();
  }

  private static String branchOf(@Nullable PullRequest pullRequest) {
    return Objects.requireNonNull(Objects.requireNonNull(pullRequest).branch());
  }

  private String memory(String namespace) {
    V1Deployment live = site.workload(namespace);
    var pod =
        Objects.requireNonNull(Objects.requireNonNull(live.getSpec()).getTemplate().getSpec());
    var resources = Objects.requireNonNull(pod.getContainers().getFirst().getResources());
    var memory = Objects.requireNonNull(resources.getLimits()).get("memory");
    return Objects.requireNonNull(memory).toSuffixedString();
  }

  private long generation(String namespace) {
    var metadata = Objects.requireNonNull(site.workload(namespace).getMetadata());
    return Objects.requireNonNull(metadata.getGeneration());
  }
}
