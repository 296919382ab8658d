// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Optional;
import java.util.function.Predicate;

/** The rules that the layer table stands for. */
final class LayerRules {

  private final LayerTable table;

  LayerRules(LayerTable table) {
    this.table = table;
  }

  ArchRule everyPackageHasALayer() {
    return classes()
        .that(areOurs())
        .should(
            condition(
                "have a layer",
                (type, events) -> {
                  if (table.layerOf(type.getPackageName()).isEmpty()) {
                    events.add(
                        SimpleConditionEvent.violated(
                            type,
                            type.getName() + ": add " + type.getPackageName() + " to layers.txt"));
                  }
                }))
        .because("a package without a layer is one that no other rule looks at");
  }

  ArchRule layersSeeOnlyWhatIsBelowThem() {
    return classes()
        .that(areOurs())
        .should(
            condition(
                "see only the layers below them",
                (type, events) ->
                    type.getDirectDependenciesFromSelf()
                        .forEach(dependency -> check(dependency, events))))
        .because("what is decided must not depend on how it is done, nor that on how it is wired")
        .allowEmptyShould(true);
  }

  ArchRule pureLayersSeeNoWorld() {
    return noClasses()
        .that(are("in a pure layer", layer -> layer.isPure()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "okhttp3..",
            "io.kubernetes.client.openapi.apis..",
            "io.kubernetes.client.util..",
            "io.kubernetes.client.informer..",
            "io.kubernetes.client.extended..",
            "java.net.http..",
            "java.nio.file..",
            "java.util.concurrent..",
            "io.micrometer..",
            "org.slf4j..")
        .because(
            "a decision is a function of what was observed: no client, no file, no thread, no log")
        .allowEmptyShould(true);
  }

  ArchRule pureLayersAskNoClock() {
    return noClasses()
        .that(are("in a pure layer", layer -> layer.isPure()))
        .should(PureCalls.NONE_IMPURE)
        .because("the same snapshot and time must give the same decision")
        .allowEmptyShould(true);
  }

  ArchRule springStaysInItsLayer() {
    return noClasses()
        .that(are("outside wiring, boot and edge", layer -> !layer.usesSpringLibraries()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta.annotation..", "jakarta.inject..")
        .because("only the wiring knows how objects come together")
        .allowEmptyShould(true);
  }

  ArchRule theContainerStaysInItsLayer() {
    return noClasses()
        .that(are("outside wiring and boot", layer -> !layer.knowsSpring()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework.beans..",
            "org.springframework.boot..",
            "org.springframework.context..",
            "jakarta.annotation..",
            "jakarta.inject..")
        .because("what uses a library of Spring is still made with a constructor")
        .allowEmptyShould(true);
  }

  ArchRule linesOfTheTableHaveNoCycles() {
    return SlicesRuleDefinition.slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return table
                    .lineOf(type.getPackageName())
                    .map(SliceIdentifier::of)
                    .orElseGet(SliceIdentifier::ignore);
              }

              @Override
              public String getDescription() {
                return "the lines of the layer table";
              }
            })
        .should()
        .beFreeOfCycles()
        .because("two packages that need each other are one")
        .allowEmptyShould(true);
  }

  private void check(Dependency dependency, ConditionEvents events) {
    Optional<Layer> from = table.layerOf(dependency.getOriginClass().getPackageName());
    Optional<Layer> to = table.layerOf(dependency.getTargetClass().getPackageName());
    if (from.isPresent() && to.isPresent() && !from.get().maySee(to.get())) {
      events.add(
          SimpleConditionEvent.violated(
              dependency,
              from.get() + " must not see " + to.get() + ": " + dependency.getDescription()));
    }
  }

  private DescribedPredicate<JavaClass> are(String what, Predicate<Layer> layers) {
    return DescribedPredicate.describe(
        what, type -> table.layerOf(type.getPackageName()).filter(layers).isPresent());
  }

  private static DescribedPredicate<JavaClass> areOurs() {
    // A root package holds nothing but its package-info.
    return DescribedPredicate.describe(
        "are ours", type -> !type.getSimpleName().equals("package-info"));
  }

  private interface Check {
    void of(JavaClass type, ConditionEvents events);
  }

  private static ArchCondition<JavaClass> condition(String what, Check check) {
    return new ArchCondition<>(what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        check.of(type, events);
      }
    };
  }
}
