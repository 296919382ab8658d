// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginThrottleTest {

  private static final LoginThrottle.Key ADA = LoginThrottle.key("ada", "192.0.2.1");

  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final LoginThrottle throttle = new LoginThrottle(() -> now);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(ADA);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 0", "5, 30", "6, 60", "7, 120", "8, 240", "9, 300", "500, 300"})
  void thePauseGrowsWithTheFailures(int failures, long seconds) {
    fail(failures);
    assertThat(throttle.pause(ADA)).isEqualTo(Duration.ofSeconds(seconds));
    now = now.plusSeconds(seconds);
    assertThat(throttle.pause(ADA)).isZero();
  }

  @Test
  void aSuccessOrAQuarterOfAnHourForgets() {
    fail(5);
    throttle.succeeded(ADA);
    fail(4);
    assertThat(throttle.pause(ADA)).isZero();
    now = now.plus(Duration.ofMinutes(15));
    fail(4);
    assertThat(throttle.pause(ADA)).isZero();
  }

  @Test
  void anotherAccountOrAddressIsNotSlowedDown() {
    fail(5);
    assertThat(throttle.pause(LoginThrottle.key("ada", "192.0.2.2"))).isZero();
    assertThat(throttle.pause(LoginThrottle.key("bob", "192.0.2.1"))).isZero();
  }

  @Test
  void oneWhoHasANetworkIsOne() {
    assertThat(LoginThrottle.key("ada", "2001:db8::1"))
        .isEqualTo(LoginThrottle.key("ada", "2001:db8:0:0:ffff::9"))
        .isNotEqualTo(LoginThrottle.key("ada", "2001:db8:0:1::1"));
  }

  private Duration tried(String account, String address) {
    LoginThrottle.Key key = LoginThrottle.key(account, address);
    Duration pause = throttle.begin(key);
    if (pause.isZero()) {
      throttle.failed(key);
      throttle.ended(key);
    }
    return pause;
  }

  @Test
  void anAccountThatFailsFromEverywhereIsCheckedOnceASecond() {
    for (int i = 0; i < 20; i++) {
      assertThat(tried("ada", "192.0.2." + i)).isZero();
    }
    now = now.plusSeconds(1);
    assertThat(tried("ada", "198.51.100.1")).as("nobody is locked out").isZero();
    assertThat(tried("ada", "198.51.100.2")).isEqualTo(Duration.ofSeconds(1));
    assertThat(tried("bob", "198.51.100.2")).isZero();
    throttle.succeeded(ADA);
    assertThat(tried("ada", "198.51.100.2")).isEqualTo(Duration.ofSeconds(1));
    now = now.plus(Duration.ofMinutes(15));
    assertThat(tried("ada", "198.51.100.3")).isZero();
    assertThat(tried("ada", "198.51.100.4")).isZero();
  }

  @Test
  void aNetworkThatFailsWithManyNamesIsCheckedOnceASecond() {
    for (int i = 0; i < 30; i++) {
      assertThat(tried("name" + i, "192.0.2.1")).isZero();
    }
    now = now.plusSeconds(1);
    assertThat(tried("ada", "192.0.2.1")).isZero();
    assertThat(tried("bob", "192.0.2.1")).isEqualTo(Duration.ofSeconds(1));
    assertThat(tried("bob", "192.0.2.2")).isZero();
  }

  @Test
  void tryingAtOnceGainsNothing() {
    for (int i = 0; i < 30; i++) {
      assertThat(throttle.begin(LoginThrottle.key("name" + i, "192.0.2.1"))).isZero();
    }
    assertThat(throttle.begin(ADA)).isEqualTo(Duration.ofSeconds(1));
    throttle.ended(LoginThrottle.key("name0", "192.0.2.1"));
    assertThat(throttle.begin(ADA)).isZero();
  }

  @Test
  void itTakesBoundedMemory() {
    fail(5);
    for (int i = 0; i < 10_000; i++) {
      throttle.failed(LoginThrottle.key("x".repeat(60_000) + i, "192.0.2." + i % 256));
      throttle.failed(LoginThrottle.key(i + "x".repeat(60_000), "192.0.2.1"));
    }
    assertThat(throttle.pause(ADA)).as("the oldest goes first").isZero();
  }
}
