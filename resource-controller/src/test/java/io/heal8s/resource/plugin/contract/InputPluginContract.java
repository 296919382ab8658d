// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.plugin.InputPlugin;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.RealSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every input plugin must do. The sink has a type {@code Database} v1, whose spec needs a
 * whole number {@code size}, and an action plugin {@code instant}.
 */
@ExtendWith(PostgresExtension.class)
public abstract class InputPluginContract {

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

  /** A new plugin, not opened. */
  protected abstract InputPlugin plugin();

  /** What it is opened with: a source of this test, looked at often. */
  protected abstract PluginEnvironment environment();

  /** The source says from now on, or once, that this database is wanted in that size. */
  protected abstract void want(String name, int size);

  /** The source says something that cannot be understood. */
  protected abstract void babble();

  /** The source says that it is no longer wanted; false when it cannot say such a thing. */
  protected abstract boolean unwant(String name);

  private InputPlugin started(InputSink sink) {
    InputPlugin plugin = plugin();
    plugin.open(environment());
    plugin.start(sink);
    return plugin;
  }

  @Test
  void itIsFoundByTheServiceLoader() {
    assertThat(ServiceLoader.load(InputPlugin.class).stream().map(ServiceLoader.Provider::type))
        .as("META-INF/services names it, and it has a public constructor without parameters")
        .contains(plugin().getClass());
  }

  @Test
  void itIsTheSameAtEveryCall() {
    PluginInfo info = plugin().info();
    assertThat(info.name()).matches("[a-z0-9_-]{1,50}");
    assertThat(info.apiVersion()).isEqualTo(InputPlugin.API_VERSION);
    assertThat(plugin().info()).isEqualTo(info);
  }

  @Test
  void whatIsWantedIsDeliveredChangedAndTakenBack(Database database) {
    try (RealSink sink = new RealSink(database);
        InputPlugin plugin = started(sink.of(plugin().info().name()))) {
      want("a", 1);
      await().until(() -> sink.sizes().equals(Map.of("a", 1)));
      want("a", 2);
      want("b", 3);
      await().until(() -> sink.sizes().equals(Map.of("a", 2, "b", 3)));
      if (unwant("a")) {
        await().until(() -> sink.sizes().equals(Map.of("b", 3)));
      }
      assertThat(plugin.health().message()).isNotBlank();
    }
  }

  @Test
  void whatIsStoredInAnotherVersionIsDeliveredChangedAndTakenBackToo(Database database) {
    try (RealSink sink = new RealSink(database);
        InputPlugin plugin = started(sink.of(plugin().info().name()))) {
      sink.storeAsV2();
      want("a", 1);
      await().until(() -> sink.sizes().equals(Map.of("a", 1)));
      assertThat(sink.versions()).isEqualTo(Map.of("a", "v2"));
      want("b", 3);
      await().until(() -> sink.sizes().equals(Map.of("a", 1, "b", 3)));
      want("a", 2);
      await().until(() -> sink.sizes().equals(Map.of("a", 2, "b", 3)));
      assertThat(sink.versions()).isEqualTo(Map.of("a", "v2", "b", "v2"));
      if (unwant("a")) {
        await().until(() -> sink.sizes().equals(Map.of("b", 3)));
      }
      await().until(() -> plugin.health().healthy());
    }
  }

  @Test
  void whatIsMigratedToAnotherVersionStaysAndIsFollowed(Database database) {
    try (RealSink sink = new RealSink(database);
        InputPlugin plugin = started(sink.of(plugin().info().name()))) {
      want("a", 1);
      want("b", 3);
      await().until(() -> sink.sizes().equals(Map.of("a", 1, "b", 3)));
      sink.storeAsV2();
      sink.migrate();
      want("a", 2);
      await().until(() -> sink.sizes().equals(Map.of("a", 2, "b", 3)));
      // A round that lets something go does so after it delivered.
      want("c", 4);
      await().until(() -> sink.sizes().equals(Map.of("a", 2, "b", 3, "c", 4)));
      assertThat(sink.versions()).isEqualTo(Map.of("a", "v2", "b", "v2", "c", "v2"));
      if (unwant("a")) {
        await().until(() -> sink.sizes().equals(Map.of("b", 3, "c", 4)));
      }
      await().until(() -> plugin.health().healthy());
    }
  }

  @Test
  void whatCannotBeUnderstoodHurtsNothingElse(Database database) {
    try (RealSink sink = new RealSink(database);
        InputPlugin plugin = started(sink.of(plugin().info().name()))) {
      want("a", 1);
      await().until(() -> sink.sizes().equals(Map.of("a", 1)));
      babble();
      want("b", 2);
      await().until(() -> sink.sizes().equals(Map.of("a", 1, "b", 2)));
      assertThat(plugin.info()).isNotNull();
    }
  }

  @Test
  void whatWasNotAcceptedIsDeliveredAgain(Database database) {
    try (RealSink sink = new RealSink(database)) {
      Reluctant reluctant = new Reluctant(sink.of(plugin().info().name()), 2);
      try (InputPlugin plugin = started(reluctant)) {
        want("a", 1);
        await().atMost(Duration.ofSeconds(30)).until(() -> sink.sizes().equals(Map.of("a", 1)));
        assertThat(reluctant.refusals()).isGreaterThanOrEqualTo(2);
        assertThat(plugin.info()).isNotNull();
      }
    }
  }

  @Test
  void anotherProcessGoesOnWhereOneWasClosed(Database database) {
    try (RealSink sink = new RealSink(database)) {
      InputPlugin first = started(sink.of(plugin().info().name()));
      want("a", 1);
      await().until(() -> sink.sizes().equals(Map.of("a", 1)));
      Instant begin = Instant.now();
      first.close();
      assertThat(Duration.between(begin, Instant.now())).isLessThan(LONGEST_CLOSE.plusSeconds(1));
      want("b", 2);
      try (InputPlugin second = started(sink.of(plugin().info().name()))) {
        await().until(() -> sink.sizes().equals(Map.of("a", 1, "b", 2)));
        assertThat(second.info()).isNotNull();
      }
    }
  }

  @Test
  void closingAPluginThatWasNeverOpenedIsFine() {
    plugin().close();
  }

  /** Cannot take anything the first times. */
  private static final class Reluctant implements InputSink {

    private final InputSink behind;
    private final AtomicInteger left;
    private final AtomicInteger refusals = new AtomicInteger();

    Reluctant(InputSink behind, int times) {
      this.behind = behind;
      this.left = new AtomicInteger(times);
    }

    int refusals() {
      return refusals.get();
    }

    @Override
    public Receipt apply(Wanted wanted) {
      if (left.getAndDecrement() > 0) {
        refusals.incrementAndGet();
        return new Receipt.TryAgain("the database does not answer");
      }
      return behind.apply(wanted);
    }

    @Override
    public Receipt delete(Key key, @Nullable String source) {
      return behind.delete(key, source);
    }

    @Override
    public Map<Key, String> gone(String source, Collection<Key> named) {
      return behind.gone(source, named);
    }

    @Override
    public Optional<State> state(Key key) {
      return behind.state(key);
    }

    @Override
    public boolean alone(String source, Runnable work) {
      return behind.alone(source, work);
    }
  }
}
