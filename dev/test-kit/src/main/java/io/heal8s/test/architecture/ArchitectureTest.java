// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The architecture of one module. A module extends it in its tests and names its root package:
 *
 * <pre>{@code
 * class GatewayArchitectureTest extends ArchitectureTest {
 *   GatewayArchitectureTest() {
 *     super("io.heal8s.gateway");
 *   }
 * }
 * }</pre>
 */
public abstract class ArchitectureTest {

  private final String root;

  /**
   * @param root package of the module; everything below it is looked at, tests left out
   */
  protected ArchitectureTest(String root) {
    this.root = root;
  }

  @TestFactory
  final Stream<DynamicTest> rules() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(root);
    LayerRules layers = new LayerRules(LayerTable.ofTheProject());
    return Stream.of(
            layers.everyPackageHasALayer(),
            layers.layersSeeOnlyWhatIsBelowThem(),
            layers.pureLayersSeeNoWorld(),
            layers.pureLayersAskNoClock(),
            layers.springStaysInItsLayer(),
            layers.theContainerStaysInItsLayer(),
            layers.linesOfTheTableHaveNoCycles(),
            HouseRules.noStaticState(),
            HouseRules.noEmptyNames(),
            HouseRules.noSleep(),
            HouseRules.noLoopOfTheClient(),
            HouseRules.beansAreMadeInTheWiring(),
            HouseRules.noFieldInjection(),
            HouseRules.noLocaleOfTheMachine(),
            HouseRules.everyPackageIsNullMarked())
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }
}
