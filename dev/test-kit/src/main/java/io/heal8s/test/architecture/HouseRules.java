// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Rules of the house that hold in every layer. */
final class HouseRules {

  private static final String BEAN = "org.springframework.context.annotation.Bean";

  private HouseRules() {}

  static ArchRule noStaticState() {
    return fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal()
        .because("what every test and every loop shares without saying so cannot be reasoned about")
        .allowEmptyShould(true);
  }

  static ArchRule noEmptyNames() {
    return noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameStartingWith("Common")
        .because("such a name says nothing about what does not belong there");
  }

  static ArchRule noSleep() {
    return noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .because("whoever waits uses the scheduler, which tests can drive");
  }

  static ArchRule noLoopOfTheClient() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.kubernetes.client.extended.controller..",
            "io.kubernetes.client.extended.workqueue..",
            "io.kubernetes.client.extended.leaderelection..",
            "io.kubernetes.client.informer..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.kubernetes.client.openapi.Configuration")
        .because(
            "the client's queue drops, its controller wedges, its informer floods the log, and its"
                + " default client is one for all");
  }

  static ArchRule beansAreMadeInTheWiring() {
    return methods()
        .that()
        .areAnnotatedWith(BEAN)
        .should()
        .beDeclaredInClassesThat()
        .resideInAnyPackage("..wiring..", "..boot..")
        .because("there is one place to look for how a service is put together")
        .allowEmptyShould(true);
  }

  static ArchRule noFieldInjection() {
    return noFields()
        .should()
        .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
        .orShould()
        .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
        .because("what an object needs is its constructor")
        .allowEmptyShould(true);
  }

  static ArchRule noLocaleOfTheMachine() {
    return noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .because("names must be the same on a machine that speaks Turkish");
  }

  static ArchRule everyPackageIsNullMarked() {
    return classes()
        .should(
            new ArchCondition<>("be in a package that is @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean marked =
                    type.getPackage()
                        .tryGetPackageInfo()
                        .map(info -> info.isAnnotatedWith(NullMarked.class))
                        .orElse(false);
                if (!marked) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type, type.getPackageName() + " has no package-info with @NullMarked"));
                }
              }
            })
        .because("null is either said or impossible");
  }
}
