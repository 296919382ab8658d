// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.Marker;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;

class BranchNameTest {

  private static Marker marker(String cluster, String namespace, String name, Lane lane) {
    return new Marker(cluster, namespace, name, lane);
  }

  private static String change(Marker marker) {
    return BranchName.of(marker, ActionType.IncreaseMemory, "api");
  }

  @Test
  void everyRemediationOfEveryClusterHasItsOwn() {
    String one = change(marker("prod", "shop", "rem-1", Lane.CHANGE));
    assertThat(one).matches("heal8s/increase-memory/api-[0-9a-f]{8}");
    assertThat(change(marker("prod", "shop", "rem-1", Lane.CHANGE))).isEqualTo(one);
    assertThat(change(marker("test", "shop", "rem-1", Lane.CHANGE))).isNotEqualTo(one);
    assertThat(change(marker("prod", "pay", "rem-1", Lane.CHANGE))).isNotEqualTo(one);
    assertThat(change(marker("prod", "shop", "rem-2", Lane.CHANGE))).isNotEqualTo(one);
  }

  @Test
  void theRevertOfItEndsInTheSameDigits() {
    String one = change(marker("prod", "shop", "rem-1", Lane.CHANGE));
    String revert = change(marker("prod", "shop", "rem-1", Lane.REVERT));
    assertThat(revert).isEqualTo("heal8s/revert/api" + one.substring(one.length() - 9));
  }

  @Test
  void actionsAreSpelledWithDashes() {
    Marker marker = marker("", "shop", "rem-1", Lane.CHANGE);
    for (ActionType action : ActionType.values()) {
      assertThat(BranchName.of(marker, action, "api").split("/")[1])
          .matches("[a-z]+(-[a-z]+)*")
          .isEqualTo(action.name().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT));
    }
  }

  @Property(tries = 1000)
  void anyNameOfATargetGivesARefThatGitTakes(@ForAll @StringLength(max = 300) String target) {
    String branch =
        BranchName.of(marker("c", "shop", "rem-1", Lane.CHANGE), ActionType.ScaleUp, target);
    assertThat(Repository.isValidRefName(Constants.R_HEADS + branch)).as(branch).isTrue();
    assertThat(branch.length()).isLessThan(255);
  }
}
