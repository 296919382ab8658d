// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Calls that give another answer each time. */
final class PureCalls {

  private static final Set<String> CLOCK_OWNERS =
      Set.of(
          "java.time.Instant",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.LocalTime",
          "java.time.Year");
  private static final Set<String> SYSTEM =
      Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "exit");

  /** Reading a clock, the environment or a source of randomness. */
  static final ArchCondition<JavaClass> NONE_IMPURE =
      new ArchCondition<>("read a clock, the environment or randomness") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          for (JavaAccess<?> access : type.getAccessesFromSelf()) {
            if (isImpure(access)) {
              events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
            }
          }
        }
      };

  private PureCalls() {}

  private static boolean isImpure(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return (CLOCK_OWNERS.contains(owner) && name.equals("now"))
        || (owner.equals("java.lang.System") && SYSTEM.contains(name))
        || (owner.equals("java.lang.Math") && name.equals("random"))
        || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
        || owner.equals("java.util.Random")
        || owner.equals("java.util.concurrent.ThreadLocalRandom")
        || owner.equals("java.time.Clock");
  }
}
