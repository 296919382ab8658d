// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every condition and every action, from the definition to the Remediation, under the chart's
 * rights.
 */
@RealCluster
class EveryTriggerTest {

  private static final String WELL =
      "{\"eq\":\"ok\",\"ne\":\"calm\",\"gt\":1,\"lt\":9,\"co\":\"fine\",\"ex\":null,\"nx\":1}";
  private static final String ILL =
      "{\"eq\":\"bad\",\"ne\":\"wild\",\"gt\":9,\"lt\":1,\"co\":\"it fails\",\"ex\":1,\"nx\":null}";

  private final PlayedServer shop = new PlayedServer();
  private MonitorCluster cluster;

  @BeforeEach
  void install(TestCluster test) {
    cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
  }

  @AfterEach
  void stop() {
    cluster.deleteApps();
    shop.close();
  }

  private void play(String state) {
    shop.playing(PlayedServer.json("{\"data\":" + state + "}"));
  }

  private void createApp(String name, String actions) {
    cluster.createApp(
        name, "graphqlEndpoint: " + shop.destination().url() + "\nactions:\n" + actions);
  }

  private List<Remediation> of(String app) {
    return cluster.remediations().stream()
        .filter(one -> Objects.requireNonNull(one.spec().detector()).name().equals(app))
        .toList();
  }

  private static int action(Remediation remediation) {
    return Objects.requireNonNull(remediation.spec().action().argumentsFrom()).actionIndex();
  }

  @Test
  void eachConditionFiresOnceWhenItBeginsToHoldAndEachActionIsAskedFor() throws Exception {
    play(WELL);
    createApp(
        "conditions",
        """
        - {trigger: {field: eq, condition: equals, value: bad}, action: restart_pod}
        - {trigger: {field: ne, condition: not_equals, value: calm}, action: restart_pod}
        - {trigger: {field: gt, condition: greater_than, value: 5}, action: restart_pod}
        - {trigger: {field: lt, condition: less_than, value: 5}, action: restart_pod}
        - {trigger: {field: co, condition: contains, value: fail}, action: restart_pod}
        - {trigger: {field: ex, condition: exists, value: true}, action: restart_pod}
        - {trigger: {field: nx, condition: not_exists, value: true}, action: restart_pod}
        """);
    String trigger = "- {trigger: {field: eq, condition: equals, value: bad}, action: ";
    createApp(
        "actions",
        trigger
            + "restart_pod, parameters: {podSelector: {app: shop}}}\n"
            + trigger
            + "scale_deployment, parameters: {deploymentName: web, replicas: 3}}\n"
            + trigger
            + "patch_resource, parameters: {resourceType: configmap, resourceName: flags, patchData: {data: {a: b}}}}\n"
            + trigger
            + "webhook, parameters: {url: \"https://hooks.example.com/x\"}}\n"
            + trigger
            + "exec_command, parameters: {command: [\"true\"], podSelector: {app: shop}}}\n");
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady()) {
      for (String app : List.of("conditions", "actions")) {
        MonitorCluster.patience().until(() -> cluster.status(app).state() == State.Monitoring);
      }
      assertThat(cluster.remediations()).isEmpty();
      play(ILL);
      MonitorCluster.patience().until(() -> of("conditions").size() == 7);
      MonitorCluster.patience().until(() -> of("actions").size() == 5);
      assertThat(of("conditions").stream().map(EveryTriggerTest::action))
          .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);

      Map<Integer, String> asked = new TreeMap<>();
      for (Remediation one : of("actions")) {
        Target target = one.spec().target();
        ActionType type = one.spec().action().type();
        asked.put(action(one), type + " " + target.kind() + "/" + target.name());
      }
      assertThat(asked)
          .containsExactlyEntriesOf(
              new TreeMap<>(
                  Map.of(
                      0, "RestartPods TargetApp/actions",
                      1, "ScaleTo Deployment/web",
                      2, "PatchResource ConfigMap/flags",
                      3, "CallWebhook TargetApp/actions",
                      4, "ExecCommand TargetApp/actions")));

      // It goes on holding, and a poll later nothing more is asked for.
      int before = shop.received().size();
      MonitorCluster.patience().until(() -> shop.received().size() >= before + 6);
      assertThat(cluster.remediations()).hasSize(12);
      assertThat(monitor.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anOutageInACooldownIsActedOnWhenThatIsOver() throws Exception {
    play(WELL);
    createApp(
        "calm",
        """
        - trigger: {field: eq, condition: equals, value: bad}
          action: restart_pod
          cooldownSeconds: 15
        """);
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady()) {
      MonitorCluster.patience().until(() -> cluster.status("calm").state() == State.Monitoring);
      play(ILL);
      MonitorCluster.patience().until(() -> of("calm").size() == 1);
      play(WELL);
      MonitorCluster.patience().until(() -> !holds("calm"));
      play(ILL);
      MonitorCluster.patience().until(() -> holds("calm"));

      // From now on every answer is the same as the one before.
      MonitorCluster.patience().until(() -> of("calm").size() == 2);
      assertThat(monitor.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  private boolean holds(String app) {
    return cluster.status(app).watchedOrEmpty().stream()
        .anyMatch(watched -> Boolean.TRUE.equals(watched.held()));
  }
}
