// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import io.heal8s.resource.auth.Logins.Outcome;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What trying costs. */
class LoginsTest {

  private static final String HERE = "192.0.2.1";

  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final AtomicInteger asked = new AtomicInteger();
  private final CheckGate gate = new CheckGate(1, Duration.ofMillis(1));
  private final CheckGate directoryGate = new CheckGate(1, Duration.ofMillis(1));
  private final Logins logins =
      new Logins(
          users(),
          new Passwords(),
          new Tokens(Secret.of("0123456789abcdef0123456789abcdef"), Duration.ofHours(1), () -> now),
          new Pretended(),
          new LoginThrottle(() -> now),
          gate,
          directoryGate);

  /** Knows one password. */
  private final class Pretended implements Directory {
    @Override
    public List<Entry> users() {
      return List.of();
    }

    @Override
    public boolean isPassword(String bindName, String password) {
      asked.incrementAndGet();
      return password.equals("right");
    }
  }

  private static UserStore users() {
    User ada =
        new User(
            1,
            "ada",
            null,
            null,
            User.Source.LDAP,
            false,
            User.Status.ACTIVE,
            null,
            null,
            "uid=ada",
            Instant.EPOCH,
            Instant.EPOCH,
            null,
            null);
    return (UserStore)
        Proxy.newProxyInstance(
            LoginsTest.class.getClassLoader(),
            new Class<?>[] {UserStore.class},
            (_, method, arguments) ->
                method.getName().equals("find") && arguments[0].equals("ada")
                    ? Optional.of(ada)
                    : method.getReturnType() == Optional.class ? Optional.empty() : null);
  }

  private Outcome login(String username, String password) throws Exception {
    return logins.login(username, password, HERE);
  }

  @Test
  void whoGuessesHasToWaitAndIsNotLookedAtMeanwhile() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(login("ada", "guess " + i)).isInstanceOf(Outcome.Wrong.class);
    }
    assertThat(login("ada", "right")).isEqualTo(new Outcome.NotNow(Duration.ofSeconds(30)));
    assertThat(asked).hasValue(5);
    assertThat(logins.login("ada", "right", "192.0.2.2"))
        .as("whose account it is comes from elsewhere")
        .isInstanceOf(Outcome.In.class);
    now = now.plusSeconds(30);
    assertThat(login("ada", "right")).isInstanceOf(Outcome.In.class);
    assertThat(login("ada", "guess")).isInstanceOf(Outcome.Wrong.class);
  }

  @Test
  void whoFindsNoPlaceIsSentAwayWithoutACheck() throws Exception {
    assertThat(directoryGate.entered()).isTrue();
    assertThat(login("ada", "right")).isEqualTo(new Outcome.NotNow(Duration.ofMillis(1)));
    assertThat(asked).hasValue(0);
    assertThat(login("nobody", "x"))
        .as("a directory that hangs holds up nobody else")
        .isInstanceOf(Outcome.Wrong.class);
    directoryGate.left();
    assertThat(gate.entered()).isTrue();
    assertThat(login("nobody", "x")).isInstanceOf(Outcome.NotNow.class);
    assertThat(login("ada", "right")).isInstanceOf(Outcome.In.class);
  }
}
