// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceContent;
import io.heal8s.resource.model.ResourceEvent;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.store.ResourceStore.UpdateResult;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.EventPublisher;
import io.heal8s.resource.store.postgres.JdbcEventLog;
import io.heal8s.resource.store.postgres.JdbcResourceStore;
import io.heal8s.resource.store.postgres.JdbcResourceTypeStore;
import io.heal8s.resource.store.postgres.JdbcWorkStore;
import io.heal8s.resource.store.postgres.Wakeups;
import io.heal8s.resource.testing.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A store with the type {@code Thing} v1, and engines on it that end with the test. */
final class EngineFixture implements AutoCloseable {

  final Database database;
  final Wakeups wakeups;
  final JdbcResourceStore resources;
  final JdbcResourceTypeStore types;
  final JdbcEventLog events;
  final EventPublisher publisher;
  private final List<AutoCloseable> opened = new ArrayList<>();

  EngineFixture(Database database) {
    this.database = database;
    wakeups = new Wakeups(database);
    resources = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
    types = new JdbcResourceTypeStore(database);
    types.create(Samples.type("Thing"));
    events = new JdbcEventLog(database, wakeups);
    publisher = new EventPublisher(database, wakeups);
  }

  JdbcWorkStore work() {
    return new JdbcWorkStore(database, wakeups, Clock.systemUTC(), "test");
  }

  ReconcileEngine engine(EngineSettings settings, ActionPlugin... plugins) {
    return engine(work(), settings, plugins);
  }

  ReconcileEngine engine(WorkStore work, EngineSettings settings, ActionPlugin... plugins) {
    Map<String, ActionPlugin> byName = new TreeMap<>();
    for (ActionPlugin plugin : plugins) {
      byName.put(plugin.info().name(), plugin);
    }
    ReconcileEngine engine =
        new ReconcileEngine(
            work,
            new PluginCatalog(byName, Map.of()),
            settings,
            new SimpleMeterRegistry(),
            Clock.systemUTC(),
            UUID::randomUUID,
            RandomGenerator.of("Random"));
    Wakeups.Registration wake = wakeups.on(Wakeups.Topic.WORK, engine::wake);
    opened.add(
        () -> {
          wake.end();
          engine.close();
        });
    return engine;
  }

  List<EventType> eventTypes() {
    return events.read(0, EventLog.Filter.ALL, 100).events().stream()
        .map(ResourceEvent::type)
        .toList();
  }

  UpdateResult update(long id, String spec) {
    Resource now = find(id);
    return resources.update(
        id,
        new ResourceContent(Samples.json(spec), now.pluginConfig(), now.metadata(), now.approval()),
        null);
  }

  long create(NewResource resource) {
    CreateResult result = resources.create(resource);
    assertThat(result).isInstanceOf(CreateResult.Created.class);
    return ((CreateResult.Created) result).resource().id();
  }

  Resource find(long id) {
    return resources.find(id).orElseThrow();
  }

  Resource awaitStatus(long id, ResourceStatus status) {
    return await()
        .until(
            () -> resources.find(id).filter(each -> each.status() == status), Optional::isPresent)
        .orElseThrow();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    publisher.close();
    wakeups.close();
  }
}
