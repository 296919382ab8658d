// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.boot.Heal8sApplication;
import io.heal8s.core.boot.Leadership;
import io.heal8s.core.boot.ServiceConnectors;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.dev.github.Access;
import io.heal8s.dev.github.Edition;
import io.heal8s.dev.github.GithubStandIn;
import io.heal8s.dev.github.HostedRepository;
import io.heal8s.pr.forge.GitRepository;
import io.heal8s.pr.forge.Samples;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole service under the account and the rights of its chart, with the admission policies; the
 * forge is a git repository in a folder.
 */
@RealCluster
class PrServiceOnClusterTest {

  private static final String SYSTEM = "heal8s-system";
  private static final String ACCOUNT = "heal8s-github-pr-service";
  private static final String FILE = "apps/shop/api.yaml";
  private static final String NAME = "rem-oom-0123456789abcdef";
  private static final Path CHARTS = Path.of("../charts").toAbsolutePath().normalize();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final List<ConfigurableApplicationContext> running = new ArrayList<>();

  @TempDir Path folder = Path.of("");

  private TestCluster cluster;
  private KubernetesReader admin;
  private GitRepository repository;

  @BeforeAll
  static void install(TestCluster cluster) {
    cluster.applyText("{apiVersion: v1, kind: Namespace, metadata: {name: " + SYSTEM + "}}");
    cluster.applyText(chart("crds"));
    cluster.applyText(chart("github-pr-service"));
  }

  private static String chart(String name) {
    return HelmChart.of(CHARTS.resolve(name), Programs.ofThisUser()).render();
  }

  @BeforeEach
  void aPlannedRemediation(TestCluster fresh, @TempDir Path repositories) {
    cluster = fresh;
    admin = new KubernetesReader(new KubernetesApi(cluster.admin(), Duration.ofSeconds(10)));
    repository = new GitRepository(repositories, FILE, Samples.MANIFEST);
    cluster.applyText(
        """
        apiVersion: k8shealer.k8s-healer.io/v1alpha1
        kind: Remediation
        metadata: {name: %s}
        spec:
          alert: {name: KubePodOOMKilled, fingerprint: f1, source: alertmanager,
                  severity: critical, startsAt: "2026-03-01T12:00:00Z"}
          target: {kind: Deployment, name: api, namespace: shop, container: api}
          action: {type: IncreaseMemory}
          strategy: {mode: GitOps}
        """
            .formatted(NAME));
    new PlannedStatus(cluster.admin(), key()).write(repository.bare().toUri().toString());
  }

  @AfterEach
  void stop() {
    running.forEach(ConfigurableApplicationContext::close);
  }

  private ObjectKey key() {
    return new ObjectKey(cluster.namespace(), NAME);
  }

  private ConfigurableApplicationContext start(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--heal8s.kubernetes.kubeconfig=" + cluster.kubeconfigFor(SYSTEM, ACCOUNT),
                "--heal8s.kubernetes.namespace=" + SYSTEM,
                "--heal8s.management.port=0",
                "--server.address=127.0.0.1",
                "--heal8s.pr.namespaces=" + cluster.namespace(),
                "--heal8s.pr.cache-directory=" + folder.resolve("git-" + running.size()),
                "--heal8s.leader-election.enabled=true",
                "--heal8s.leader-election.retry-period=500ms"));
    arguments.addAll(List.of(more));
    if (arguments.stream().noneMatch(a -> a.startsWith("--heal8s.pr.poll-interval="))) {
      arguments.add("--heal8s.pr.poll-interval=200ms");
    }
    ConfigurableApplicationContext context =
        Heal8sApplication.run(GithubPrServiceApplication.class, arguments.toArray(String[]::new));
    running.add(context);
    return context;
  }

  private static boolean leads(ConfigurableApplicationContext context) {
    return context.getBean(Leadership.class).isLeading();
  }

  private RemediationStatus status() {
    return admin
        .get(ServedKinds.REMEDIATIONS, key())
        .orThrow()
        .map(Remediation::statusOrEmpty)
        .orElseThrow();
  }

  private String branch() {
    return Objects.requireNonNull(Objects.requireNonNull(status().pullRequest()).branch());
  }

  private void awaitState(PullRequest.State state) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(status().pullRequest()).extracting(PullRequest::state).isEqualTo(state));
  }

  private List<String> events() {
    return admin
        .list(
            ResourceType.untyped("events.k8s.io", "v1", "Event", "events", true),
            Selector.namespace(cluster.namespace()))
        .orThrow()
        .stream()
        .map(PrServiceOnClusterTest::told)
        .toList();
  }

  private static String told(JsonObject event) {
    return event.get("action").getAsString() + "/" + event.get("reason").getAsString();
  }

  @Test
  void opensOneAndSeesItMerged() {
    start();
    awaitState(PullRequest.State.Open);
    String branch = branch();
    assertThat(repository.branch(branch, FILE)).isEqualTo(Samples.manifest("320Mi"));

    repository.merge(branch);

    awaitState(PullRequest.State.Merged);
    assertThat(Objects.requireNonNull(status().pullRequest()).mergedValues()).hasSize(1);
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(events())
                    .containsExactlyInAnyOrder(
                        "PullRequestOpened/Opened", "PullRequestMerged/Merged"));
  }

  @Test
  void closesWhatTheOperatorEndedBeforeItsMerge() {
    start();
    awaitState(PullRequest.State.Open);
    String branch = branch();

    new PlannedStatus(cluster.admin(), key())
        .write(repository.bare().toUri().toString(), "Superseded");

    awaitState(PullRequest.State.Closed);
    assertThat(repository.exists(branch)).isFalse();
    assertThat(Objects.requireNonNull(status().pullRequest()).message())
        .contains("the Remediation ended as Superseded");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(events()).contains("PullRequestWithdrawn/Withdrawn"));
  }

  @Test
  void aStandbyTakesOverFromALeaderThatLeft() {
    ConfigurableApplicationContext first = start();
    await().atMost(TIMEOUT).until(() -> leads(first));
    ConfigurableApplicationContext second = start();
    awaitState(PullRequest.State.Open);
    assertThat(leads(second)).as("because one leads").isFalse();

    first.close();
    await().atMost(TIMEOUT).until(() -> leads(second));
    repository.merge(branch());

    awaitState(PullRequest.State.Merged);
    assertThat(repository.branches()).as("because the second opened none").hasSize(2);
  }

  @Test
  void aStandbyThatIsWokenByAWebhookSaysWhatItSees() throws IOException {
    Files.writeString(folder.resolve("hmac"), SignedDelivery.KEY);
    ConfigurableApplicationContext leader = start("--heal8s.pr.poll-interval=1h");
    await().atMost(TIMEOUT).until(() -> leads(leader));
    awaitState(PullRequest.State.Open);
    ConfigurableApplicationContext standby =
        start(
            "--heal8s.pr.poll-interval=1h",
            "--heal8s.pr.webhook.enabled=true",
            "--heal8s.pr.webhook.port=0",
            "--heal8s.pr.webhook.key-files=" + folder.resolve("hmac"));
    int port = standby.getBean(ServiceConnectors.class).localPort(WebhookConfiguration.PORT);
    String delivery = SignedDelivery.pullRequest(branch(), "null");
    repository.merge(branch());

    // Replayed as well: what counts is what the forge says.
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              assertThat(deliver(port, delivery).statusCode()).isEqualTo(202);
              assertThat(status().pullRequest())
                  .extracting(PullRequest::state)
                  .isEqualTo(PullRequest.State.Merged);
            });

    assertThat(leads(standby)).isFalse();
    String version = version();
    assertThat(deliver(port, delivery).body()).contains(cluster.namespace() + "/" + NAME);
    assertThat(deliver(port, SignedDelivery.pullRequest("feature", "null")).statusCode())
        .as("because that branch is none of ours")
        .isEqualTo(200);
    assertThat(version()).as("because nothing was left to say").isEqualTo(version);
  }

  @Test
  void githubSaysItselfThatAPullRequestWasMerged() throws IOException {
    Files.writeString(folder.resolve("hmac"), SignedDelivery.KEY);
    Path credentials = Files.createDirectories(folder.resolve("credentials/default"));
    Files.writeString(credentials.resolve("token"), "ghp_secret");
    try (GithubStandIn github = GithubStandIn.start(Edition.COM, folder, InstantSource.system())) {
      github.accounts().token("ghp_secret", "heal8s-robot", Access.WRITE);
      HostedRepository shop = github.repository("acme", "shop", repository.bare());
      new PlannedStatus(cluster.admin(), key()).write("github", "acme/shop", "Pending");
      ConfigurableApplicationContext service =
          start(
              "--heal8s.pr.poll-interval=1h",
              "--heal8s.pr.credentials-directory=" + folder.resolve("credentials"),
              "--heal8s.pr.github.api-url=" + github.apiUrl(),
              "--heal8s.pr.github.allowed-cidrs=127.0.0.0/8",
              "--heal8s.pr.webhook.enabled=true",
              "--heal8s.pr.webhook.port=0",
              "--heal8s.pr.webhook.key-files=" + folder.resolve("hmac"));
      awaitState(PullRequest.State.Open);
      int number = Objects.requireNonNull(status().prNumber());
      int port = service.getBean(ServiceConnectors.class).localPort(WebhookConfiguration.PORT);
      URI webhook = URI.create("http://127.0.0.1:" + port + "/webhooks/github");
      shop.squash(number);

      assertThat(github.deliverClosed(shop, number, webhook, "another secret than ours"))
          .as("because nobody else may make us ask GitHub")
          .isEqualTo(401);
      String version = version();
      assertThat(github.deliverClosed(shop, number, webhook, SignedDelivery.KEY)).isEqualTo(202);

      awaitState(PullRequest.State.Merged);
      assertThat(version()).isNotEqualTo(version);
      github.assertConformant();
    }
  }

  @Test
  void aForgeThatIsAwayIsToldOnceAndItsReturnToo() throws IOException {
    Path credentials = Files.createDirectories(folder.resolve("credentials/default"));
    Files.writeString(credentials.resolve("token"), "ghp_secret");
    try (GithubStandIn github = GithubStandIn.start(Edition.COM, folder, InstantSource.system())) {
      github.accounts().token("ghp_secret", "heal8s-robot", Access.WRITE);
      HostedRepository shop = github.repository("acme", "shop", repository.bare());
      new PlannedStatus(cluster.admin(), key()).write("github", "acme/shop", "Pending");
      start(
          "--heal8s.pr.credentials-directory=" + folder.resolve("credentials"),
          "--heal8s.pr.github.api-url=" + github.apiUrl(),
          "--heal8s.pr.github.allowed-cidrs=127.0.0.0/8");
      awaitState(PullRequest.State.Open);

      exchange(credentials, "ghp_expired");
      awaitEvents("PullRequestOpened/Opened", "PullRequestUnseen/Unauthorized");
      assertThat(status().isTrue(ConditionType.PullRequestOpen)).isTrue();
      exchange(credentials, "ghp_secret");
      awaitEvents(
          "PullRequestOpened/Opened",
          "PullRequestUnseen/Unauthorized",
          "PullRequestSeenAgain/SeenAgain");
      assertThat(shop.pulls()).hasSize(1);
    }
  }

  /** At once, as the kubelet does it: a file that is half written is no token. */
  private void exchange(Path credentials, String token) throws IOException {
    Path whole = Files.writeString(folder.resolve("next-token"), token);
    Files.move(whole, credentials.resolve("token"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitEvents(String... expected) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(events()).containsExactlyInAnyOrder(expected));
  }

  private static HttpResponse<String> deliver(int port, String delivery) {
    return new SignedDelivery(port, SignedDelivery.KEY)
        .send("pull_request", "application/json", delivery);
  }

  private String version() {
    return Objects.requireNonNull(
        admin
            .get(ServedKinds.REMEDIATIONS, key())
            .orThrow()
            .orElseThrow()
            .metadata()
            .getResourceVersion());
  }

  @Test
  void servesItsMetricsUnderTheirNames() {
    ConfigurableApplicationContext service = start("--heal8s.pr.metrics-port=0");
    awaitState(PullRequest.State.Open);
    int port = service.getBean(ServiceConnectors.class).localPort("heal8s.pr.metrics-port");

    HttpResponse<String> page =
        new SignedDelivery(port, "")
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).GET());

    assertThat(page.body())
        .contains("heal8s_prs_created_total{forge=\"git\",kind=\"change\"} 1.0")
        .contains("heal8s_processing_duration_seconds_bucket{forge=\"git\",kind=\"change\",le=")
        .contains("heal8s_processing_duration_seconds_count{forge=\"git\",kind=\"change\"} 1");
  }

  @Test
  void sayWhatAPersonMustChange() {
    new PlannedStatus(cluster.admin(), key()).write("file:///none/such.git");
    start();

    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(events()).containsExactly("PullRequestNotOpened/RepositoryNotFound"));
    assertThat(status().pullRequest()).isNull();
  }
}
