// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Detector;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which object each of the original's actions is about. */
class RemediationDraftTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          all pods of the application        | restart_pod      | {}                                                     | RestartPods   | operator.kco.local/v1alpha1 TargetApp shop
          a Deployment by its name           | scale_deployment | {"deploymentName":"api","replicas":3}                  | ScaleTo       | apps/v1 Deployment api
          the operator says what is missing  | scale_deployment | {"replicas":3}                                         | ScaleTo       | operator.kco.local/v1alpha1 TargetApp shop
          a name that can be none            | scale_deployment | {"deploymentName":"../x"}                              | ScaleTo       | operator.kco.local/v1alpha1 TargetApp shop
          a core kind in any case            | patch_resource   | {"resourceType":"ConfigMap","resourceName":"c"}        | PatchResource | v1 ConfigMap c
          a kind of apps                     | patch_resource   | {"resourceType":"statefulset","resourceName":"db"}     | PatchResource | apps/v1 StatefulSet db
          a kind that was never supported    | patch_resource   | {"resourceType":"ingress","resourceName":"i"}          | PatchResource | operator.kco.local/v1alpha1 TargetApp shop
          nothing in the cluster             | webhook          | {"url":"https://hooks"}                                | CallWebhook   | operator.kco.local/v1alpha1 TargetApp shop
          all pods of the application        | exec_command     | {"command":"true"}                                     | ExecCommand   | operator.kco.local/v1alpha1 TargetApp shop
          """)
  void isAboutTheRightObject(
      String because, String action, String parameters, String type, String target) {
    Play play =
        Play.with(
                "{\"trigger\":{\"field\":\"a\",\"condition\":\"exists\",\"value\":1},\"action\":\"%s\",\"parameters\":%s}"
                    .formatted(action, parameters))
            .poll("{\"a\":1}");
    RemediationSpec spec = play.created.values().iterator().next();

    assertThat(spec.action().type()).as(because).hasToString(type);
    assertThat(text(spec.target())).as(because).isEqualTo(target);
    assertThat(spec.target().namespace()).isEqualTo("team-a");
    assertThat(spec.detector())
        .isEqualTo(new Detector("TargetApp", "shop", "uid-1", "TriggerFired"));
    assertThat(spec.alert()).isNull();
  }

  private static String text(Target target) {
    return target.apiVersion() + " " + target.kind() + " " + target.name();
  }
}
