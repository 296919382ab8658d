// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LayerTableTest {

  private final LayerTable table =
      LayerTable.parse(
          """
          # a comment
          a.act        EFFECT
          a.act.patch  DECIDE
          """);

  @Test
  void longestPrefixCounts() {
    assertThat(table.layerOf("a.act")).contains(Layer.EFFECT);
    assertThat(table.layerOf("a.act.http.deep")).contains(Layer.EFFECT);
    assertThat(table.layerOf("a.act.patch.more")).contains(Layer.DECIDE);
    assertThat(table.layerOf("a.action")).as("because it is no sub-package of act").isEmpty();
    assertThat(table.layerOf("a")).isEmpty();
  }

  @Test
  void lineThatIsWrongOrDoubleIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> LayerTable.parse("a.b"));
    assertThatIllegalArgumentException().isThrownBy(() -> LayerTable.parse("a.b NOTHING"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerTable.parse("a.b DECIDE\na.b EFFECT"));
  }

  @Test
  void tableOfTheProjectIsReadable() {
    assertThat(LayerTable.ofTheProject().layerOf("io.heal8s.core.decide.policy"))
        .contains(Layer.JUDGEMENT);
  }

  @Test
  void noLayerSeesOneAboveIt() {
    for (Layer a : Layer.values()) {
      for (Layer b : Layer.values()) {
        if (a != b && a.maySee(b)) {
          assertThat(b.maySee(a)).as("%s and %s", a, b).isFalse();
          assertThat(a.ordinal()).as("%s is declared above %s", b, a).isGreaterThan(b.ordinal());
        }
      }
    }
  }

  @Test
  void whatIsPureSeesOnlyWhatIsPureButForConditions() {
    for (Layer pure : Layer.pureOnes()) {
      for (Layer other : Layer.values()) {
        if (pure.maySee(other) && other != Layer.STATUS) {
          assertThat(other.isPure()).as("%s sees %s", pure, other).isTrue();
        }
      }
    }
  }
}
