// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import io.heal8s.resource.intake.Admission;
import io.heal8s.resource.intake.Deliveries;
import io.heal8s.resource.intake.Identities;
import io.heal8s.resource.intake.ResourceIntake;
import io.heal8s.resource.intake.SchemaCache;
import io.heal8s.resource.intake.TypeVersions;
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
  private final ResourceTypeStore types;
  private final ResourceIntake intake;

  /** Makes it, with a type {@code Database} v1 whose spec needs a number {@code size}. */
  public RealSink(Database database) {
    this.database = database;
    this.wakeups = new Wakeups(database);
    this.resources = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
    this.types = new JdbcResourceTypeStore(database);
    alsoKeep("Database");
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
        plugin,
        intake,
        resources,
        new Identities(resources, new TypeVersions(types, new SchemaCache())),
        Admission.EVERYTHING,
        new AdvisoryTurns(database));
  }

  /** The stores behind it. */
  public ResourceStore resources() {
    return resources;
  }

  /** Makes another type like {@code Database}. */
  public void alsoKeep(String type) {
    types.create(
        new NewResourceType(
            type,
            "v1",
            Samples.json(
                "{\"type\":\"object\",\"required\":[\"size\"],"
                    + "\"properties\":{\"size\":{\"type\":\"integer\"}}}"),
            null,
            Samples.json("{}")));
  }

  /**
   * From now on {@code Database} v1 is stored as v2, whose spec says {@code gigabytes} for {@code
   * size}. What is stored stays where it is.
   */
  public void storeAsV2() {
    types.create(
        new NewResourceType(
            "Database",
            "v2",
            Samples.json(
                "{\"type\":\"object\",\"required\":[\"gigabytes\"],\"additionalProperties\":false,"
                    + "\"properties\":{\"gigabytes\":{\"type\":\"integer\"}}}"),
            null,
            Samples.json(
                "{\"conversion\":{\"from\":{\"v1\":"
                    + "{\"set\":{\"gigabytes\":\"self.size\"},\"remove\":[\"size\"]}}}}")));
    conversionOfV1(
        "{\"conversion\":{\"stored_as\":\"v2\",\"from\":{\"v2\":"
            + "{\"set\":{\"size\":\"self.gigabytes\"},\"remove\":[\"gigabytes\"]}}}}");
  }

  /** Versions stand apart again. What is stored stays where it is. */
  public void forgetConversions() {
    conversionOfV1("{}");
    types.update(
        types.find("Database", "v2").orElseThrow().id(),
        new ResourceTypeStore.Change(null, null, null, Samples.json("{}")),
        null);
  }

  private void conversionOfV1(String metadata) {
    types.update(
        types.find("Database", "v1").orElseThrow().id(),
        new ResourceTypeStore.Change(null, null, null, Samples.json(metadata)),
        null);
  }

  /** Stores as v2 what is stored as v1, as the migration of a type does. */
  public void migrate() {
    for (Resource each : all()) {
      if (each.typeVersion().equals("v1")) {
        resources.move(
            each.id(),
            "v2",
            Samples.json("{\"gigabytes\":" + each.spec().path("size").asInt() + "}"),
            each.revision());
      }
    }
  }

  /** What is stored and not being deleted: its size by name, whatever its version calls that. */
  public Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    all()
        .forEach(
            each ->
                sizes.put(
                    each.name(),
                    each.spec()
                        .path(each.typeVersion().equals("v1") ? "size" : "gigabytes")
                        .asInt()));
    return sizes;
  }

  /** The versions that what is stored and not being deleted is stored as, by name. */
  public Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    all().forEach(each -> versions.put(each.name(), each.typeVersion()));
    return versions;
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
