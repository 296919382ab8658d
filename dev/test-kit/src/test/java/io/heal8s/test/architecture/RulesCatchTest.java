// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule finds what breaks it: a rule that cannot fail guards nothing. */
class RulesCatchTest {

  private static final String ROOT = "io.heal8s.test.architecture.fixture";

  private final JavaClasses broken = new ClassFileImporter().importPackages(ROOT);
  private final LayerRules rules =
      new LayerRules(LayerTable.parse(ROOT + ".decide DECIDE\n" + ROOT + ".wiring WIRING"));

  @Test
  void layerAboveIsFound() {
    assertThat(violations(rules.layersSeeOnlyWhatIsBelowThem()))
        .isNotEmpty()
        .allMatch(text -> text.contains("SeesWiring"))
        .allMatch(text -> text.contains("DECIDE must not see WIRING"));
  }

  @Test
  void packageWithoutALayerIsFound() {
    LayerRules half = new LayerRules(LayerTable.parse(ROOT + ".decide DECIDE"));

    assertThat(violations(half.everyPackageHasALayer()))
        .singleElement()
        .asString()
        .contains("add " + ROOT + ".wiring to layers.txt");
  }

  @Test
  void clockIsFound() {
    assertThat(violations(rules.pureLayersAskNoClock()))
        .singleElement()
        .asString()
        .contains("ReadsClock");
  }

  @Test
  void fileIsFound() {
    assertThat(violations(rules.pureLayersSeeNoWorld()))
        .isNotEmpty()
        .allMatch(text -> text.contains("ReadsFile"));
  }

  @Test
  void staticStateAndEmptyNamesAreFound() {
    assertThat(violations(HouseRules.noStaticState()))
        .singleElement()
        .asString()
        .contains("StateHelper.count");
    assertThat(violations(HouseRules.noEmptyNames()))
        .singleElement()
        .asString()
        .contains("StateHelper");
  }

  private List<String> violations(ArchRule rule) {
    return rule.evaluate(broken).getFailureReport().getDetails();
  }
}
