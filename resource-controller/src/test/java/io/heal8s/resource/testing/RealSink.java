// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import io.heal8s.resource.intake.Admission;
import io.heal8s.resource.intake.Deliveries;
import io.heal8s.resource.intake.ResourceIntake;
import io.heal8s.resource.intake.SchemaCache;
import io.heal8s.resource.model.NewResourceType;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.ResourceTypeStore;
import io.heal8s.resource.store.postgres.AdvisoryTurns;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.JdbcResourceStore;
import io.heal8s.resource.store.postgres.JdbcResourceTypeStore;
import io.heal8s.resource.store.postgres.Wakeups;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where an input plugin delivers to in the service, on a real database. Nothing reconciles. */
public final class RealSink implements AutoCloseable {

  private final Database database;
  private final Wakeups wakeups;
  private final ResourceStore resources;
  private final ResourceIntake intake;

  /** Makes it, with a type {@code Database} v1 whose spec needs a number {@code size}. */
  public RealSink(Database database) {
    this.database = database;
    this.wakeups = new Wakeups(database);
    this.resources = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
    ResourceTypeStore types = new JdbcResourceTypeStore(database);
    types.create(
        new NewResourceType(
            "Database",
            "v1",
            Samples.json(
                "{\"type\":\"object\",\"required\":[\"size\"],"
                    + "\"properties\":{\"size\":{\"type\":\"integer\"}}}"),
            null,
            Samples.json("{}")));
    this.intake =
        new ResourceIntake(
            resources,
            types,
            new SchemaCache(),
            new PluginCatalog(Map.of("instant", new InstantPlugin("instant")), Map.of()),
            Admission.EVERYTHING);
  }

  /** The sink of a plugin of that name. */
  public Deliveries of(String plugin) {
    return new Deliveries(
        plugin, intake, resources, Admission.EVERYTHING, new AdvisoryTurns(database));
  }

  /** The stores behind it. */
  public ResourceStore resources() {
    return resources;
  }

  /** What is stored and not being deleted: {@code size} by name. */
  public Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    all().forEach(each -> sizes.put(each.name(), each.spec().path("size").asInt()));
    return sizes;
  }

  /** What is stored and not being deleted. */
  public List<Resource> all() {
    return resources.list(ResourceQuery.first(1000)).stream()
        .filter(resource -> resource.deletedAt() == null)
        .toList();
  }

  @Override
  public void close() {
    wakeups.close();
  }
}
