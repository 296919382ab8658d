// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The life of a call whose body grows beyond measure when its templates are filled in. */
class TooLongBodyTest {

  private static final String HOOK =
      "{\"trigger\":{},\"action\":\"webhook\",\"parameters\":{\"url\":\"https://hooks.example/a\","
          + "\"payload\":{\"text\":\""
          + "{{a}}".repeat(2000)
          + "\"}}}";

  @Test
  void nobodyIsCalledAndItEndsAtOnce() {
    Stage stage = new Stage();
    stage.world.workload.app = Live.app(HOOK);
    stage.world.remediations.create(
        Rem.fresh("a")
            .action(ActionType.CallWebhook)
            .direct()
            .approval(false)
            .asks("operator.kco.local/v1alpha1", "TargetApp", "web")
            .from(
                new ArgumentsFrom(
                    "TargetApp",
                    "web",
                    "uid-web",
                    0,
                    ActionDigest.of(JsonParser.parseString(HOOK))))
            .param("variables", "{\"a\":\"" + "x".repeat(1000) + "\"}")
            .build());
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));

    assertThat(stage.world.outside.delivered).isEmpty();
    assertThat(stage.status("a").phase()).isEqualTo(Phase.Failed);
    assertThat(stage.status("a").reason()).isEqualTo("NotDelivered");
    assertThat(stage.status("a").message()).contains("nobody was called", "256 KiB");
    assertThat(stage.world.rules.broken).isEmpty();
  }
}
