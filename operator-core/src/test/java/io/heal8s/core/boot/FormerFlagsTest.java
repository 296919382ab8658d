// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormerFlagsTest {

  private final FormerFlags flags =
      FormerFlags.ofControllerRuntime()
          .address("metrics-bind-address", "a.port")
          .duration("interval", "an.interval")
          .toggle("leader-elect", "an.election")
          .ignoredSwitch("env")
          .ignored("batch")
          .with("config", (flag, value) -> List.of("--one=" + value, "--two=" + value));

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--kubeconfig=/k | --heal8s.kubernetes.kubeconfig=/k | a value after an equals sign",
        "-kubeconfig /k | --heal8s.kubernetes.kubeconfig=/k | one dash, the next argument",
        "--kubeconfig=/a=b | --heal8s.kubernetes.kubeconfig=/a=b | the first equals sign counts",
        "--metrics-bind-address=[::1]:81 | --a.port=81 | an address of IPv6",
        "--metrics-bind-address=0 | --a.port=-1 | off",
        "--interval=1m30s | --an.interval=PT1M30S | Go's times have several units",
        "--leader-elect | --an.election=true | a switch",
        "--leader-elect=F | --an.election=false | as Go spells it",
        "--leader-elect false | --an.election=true false | Go takes no next argument for a switch",
        "--env --batch 10 x | x | what says nothing any more is taken with its value",
        "--config=f | --one=f --two=f | several settings from one flag",
        "--zap-log-level=panic | --logging.level.io.heal8s=error | the levels we have",
        "--zap-devel=false | '' | that is what we do anyway",
        "plain --other=1 | plain --other=1 | everything else is Spring's"
      })
  void areUnderstood(String former, String today, String because) {
    assertThat(String.join(" ", flags.translate(former.split(" ")))).as(because).isEqualTo(today);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--metrics-bind-address=web | --metrics-bind-address is 'web': write an address such as :8080",
        "--interval=soon | --interval is 'soon': write a time such as 30s or 1m30s",
        "--leader-elect=maybe | --leader-elect is 'maybe': write true or false",
        "--kubeconfig | --kubeconfig needs a value"
      })
  void aValueThatNeverWasOneIsNamed(String former, String message) {
    assertThatThrownBy(() -> flags.translate(former)).hasMessage(message);
  }
}
