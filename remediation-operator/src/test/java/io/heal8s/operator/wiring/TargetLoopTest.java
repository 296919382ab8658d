// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.runtime.LoopSettings;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A run is not cut off while what it does may still go on. */
class TargetLoopTest {

  @Test
  void theLongestEffectFitsIntoARun() {
    OperatorSettings settings =
        new Binder(new MapConfigurationPropertySource())
            .bindOrCreate("heal8s.operator", OperatorSettings.class);
    LoopSettings loop = LoopFactory.targetLoop(settings);

    assertThat(loop.runTimeout()).isGreaterThan(Effect.LONGEST.plus(Duration.ofMinutes(1)));
    assertThat(loop.beatWithin()).isGreaterThan(loop.runTimeout());
    assertThat(loop.interval()).isEqualTo(settings.resyncInterval());
  }
}
