// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.dev.suite.GitRepository;
import io.heal8s.dev.suite.RemediationFeed;
import io.heal8s.dev.suite.RemediationFeed.Sighting;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final String DIRECT = "direct";

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

  /** Those that an alert goes through; graphql-monitor has a test of its own. */
  static final List<Service> SERVICES =
      List.of(Service.ALERT_GATEWAY, Service.REMEDIATION_OPERATOR, Service.GITHUB_PR_SERVICE);

  private final CrashSite site;

  CrashTest() throws InterruptedException {
    site = CrashSite.start(SERVICES.stream().map(CrashTest::namespace).toList(), List.of(DIRECT));
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
    return "kill-" + service.name().toLowerCase(Locale.ROOT).replace('_', '-');
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
        Sighting seen = feed.await(step.name(), PATIENCE, step.reached.or(CrashTest::ended));
        assertThat(ended(seen)).as("ended before " + step + ": " + seen.status()).isFalse();
        site.suite().process(service).restart();
        if (step == Recorded.PULL_REQUEST_OPEN) {
          branchesSeen.addAll(branches());
          repository.merge(branchOf(seen));
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
        feed.await("a recorded step", PATIENCE, recorded.or(CrashTest::ended));
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

  private static String branchOf(Sighting sighting) {
    PullRequest pullRequest = Objects.requireNonNull(sighting.status().pullRequest());
    return Objects.requireNonNull(pullRequest.branch());
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
