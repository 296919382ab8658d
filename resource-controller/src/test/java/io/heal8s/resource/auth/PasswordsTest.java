// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

class PasswordsTest {

  private final Passwords passwords = new Passwords();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private long work(String password) {
    long before = threads.getCurrentThreadCpuTime();
    assertThat(passwords.matches(password, null)).isFalse();
    return threads.getCurrentThreadCpuTime() - before;
  }

  @Test
  void aPasswordThatIsTooLongIsAsMuchWork() {
    work("warm");
    assertThat(work("x".repeat(73))).isGreaterThan(work("x".repeat(72)) / 5);
  }

  @Test
  void aPasswordThatIsTooLongIsNobodys() {
    String hash = passwords.hash("x".repeat(72));
    assertThat(passwords.matches("x".repeat(72), hash)).isTrue();
    assertThat(passwords.matches("x".repeat(73), hash)).isFalse();
  }
}
