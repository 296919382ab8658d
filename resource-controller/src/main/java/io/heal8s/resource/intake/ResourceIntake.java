// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import static io.heal8s.resource.intake.IntakeResult.Kind.CREATED;
import static io.heal8s.resource.intake.IntakeResult.Kind.UNCHANGED;
import static io.heal8s.resource.intake.IntakeResult.Kind.UPDATED;
import static io.heal8s.resource.intake.IntakeResult.Reason.BEING_DELETED;
import static io.heal8s.resource.intake.IntakeResult.Reason.DENIED;
import static io.heal8s.resource.intake.IntakeResult.Reason.INVALID;
import static io.heal8s.resource.intake.IntakeResult.Reason.NAME_TAKEN;
import static io.heal8s.resource.intake.IntakeResult.Reason.NOT_FOUND;
import static io.heal8s.resource.intake.IntakeResult.Reason.NO_TYPE;
import static io.heal8s.resource.intake.IntakeResult.Reason.STALE;
import static io.heal8s.resource.intake.IntakeResult.refused;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.intake.IntakeResult.Stored;
import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceContent;
import io.heal8s.resource.model.ResourceType;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.store.ResourceStore.UpdateResult;
import io.heal8s.resource.store.ResourceTypeStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes wishes, checks them and stores them. Safe for any number of threads. */
public final class ResourceIntake {

  private static final String NO_PERMISSION = "Insufficient permissions";
  private static final String NO_RESOURCE = "Resource not found";

  /**
   * Enough for a crowd at one resource; without an end a busy one would hold a request for ever.
   */
  private static final int MOST_RACES = 50;

  private final ResourceStore resources;
  private final ResourceTypeStore types;
  private final WishJudge judge;
  private final TypeVersions versions;
  private final Identities identities;

  /** Makes an intake. */
  public ResourceIntake(
      ResourceStore resources,
      ResourceTypeStore types,
      SchemaCache schemas,
      PluginCatalog plugins,
      Admission admission) {
    this.resources = resources;
    this.types = types;
    this.judge = new WishJudge(new SpecChecks(schemas, plugins), admission);
    this.versions = new TypeVersions(types, schemas);
    this.identities = new Identities(resources, versions);
  }

  /** Stores a new resource. */
  public IntakeResult create(Wish wish, Caller caller) {
    if (!caller.may(Operation.CREATE, wish.typeName(), wish.typeVersion())) {
      return refused(DENIED, NO_PERMISSION);
    }
    Optional<String> unknown = judge.unknownPlugin(wish.actionPlugin());
    if (unknown.isPresent()) {
      return refused(INVALID, unknown.get());
    }
    JsonNode spec = wish.spec();
    if (spec == null || spec.isEmpty()) {
      return refused(INVALID, "spec is required");
    }
    Optional<ResourceType> type = types.find(wish.typeName(), wish.typeVersion());
    if (type.isEmpty()) {
      return noType(wish);
    }
    Optional<String> storedAs = versions.rules(type.get()).storedAs();
    return storedAs.isPresent()
        ? converted(wish, type.get(), storedAs.get(), caller)
        : checkedAndStored(wish, type.get(), spec, caller);
  }

  private IntakeResult checkedAndStored(
      Wish wish, ResourceType type, JsonNode spec, Caller caller) {
    return switch (judge.judge(wish, type, spec, null, caller)) {
      case WishJudge.Verdict.No no -> no.refusal();
      case WishJudge.Verdict.Yes yes -> store(wish, yes.spec());
    };
  }

  /** What was written in one version goes on in the one that it is stored as. */
  private IntakeResult converted(Wish wish, ResourceType type, String version, Caller caller) {
    JsonNode spec = Objects.requireNonNull(wish.spec());
    JsonNode whole = wish.applyDefaults() ? judge.withDefaults(type, spec) : spec;
    return switch (versions.written(type, whole, version)) {
      case TypeVersions.Converted.No no -> refused(INVALID, no.why());
      case TypeVersions.Converted.Yes yes -> createAsItIs(wish.as(version, yes.spec()), caller);
    };
  }

  /** In a version that nothing is converted from; who may write the one may not write the other. */
  private IntakeResult createAsItIs(Wish wish, Caller caller) {
    JsonNode spec = Objects.requireNonNull(wish.spec());
    return caller.may(Operation.CREATE, wish.typeName(), wish.typeVersion())
        ? types
            .find(wish.typeName(), wish.typeVersion())
            .map(type -> checkedAndStored(wish, type, spec, caller))
            .orElseGet(() -> noType(wish))
        : refused(DENIED, NO_PERMISSION);
  }

  private IntakeResult store(Wish wish, JsonNode spec) {
    CreateResult result =
        resources.create(
            new NewResource(
                wish.name(),
                wish.typeName(),
                wish.typeVersion(),
                wish.actionPlugin(),
                spec,
                wish.pluginConfig(),
                wish.metadata(),
                List.of(wish.actionPlugin()),
                wish.approval()));
    return switch (result) {
      case CreateResult.Created created -> new Stored(created.resource(), CREATED);
      case CreateResult.NameTaken _ ->
          refused(NAME_TAKEN, "Resource %s already exists".formatted(wish.name()));
      case CreateResult.NoSuchType _ -> noType(wish);
    };
  }

  private static IntakeResult noType(Wish wish) {
    return noType(wish.typeName(), wish.typeVersion());
  }

  private static IntakeResult noType(String name, String version) {
    return refused(NO_TYPE, "Resource type %s/%s not found".formatted(name, version));
  }

  /** Creates it, or makes the one of that name and type so, in whatever version it is stored. */
  public IntakeResult apply(Wish wish, Caller caller) {
    return identities
        .find(wish.typeName(), wish.typeVersion(), wish.name())
        .map(
            resource ->
                update(
                    resource.id(),
                    current ->
                        new Edit(
                            wish.typeVersion(),
                            wish.spec(),
                            Masks.restored(wish.pluginConfig(), current.pluginConfig()),
                            wish.metadata(),
                            wish.approval(),
                            wish.applyDefaults()),
                    null,
                    caller))
        .orElseGet(() -> create(wish, caller));
  }

  /**
   * Changes a resource. The edit is made for what is there and stored over exactly that: when
   * somebody else is faster it is made again.
   *
   * @param expectedRevision revision that must still be there; null for whatever is there
   */
  public IntakeResult update(
      long id, Edit.Maker edit, @Nullable Long expectedRevision, Caller caller) {
    for (int attempt = 1; ; attempt++) {
      IntakeResult result = updateOnce(id, edit, expectedRevision, caller);
      boolean raced =
          expectedRevision == null
              && result instanceof IntakeResult.Refused refused
              && refused.reason() == STALE;
      if (!raced || attempt == MOST_RACES) {
        return result;
      }
    }
  }

  private IntakeResult updateOnce(
      long id, Edit.Maker edit, @Nullable Long expectedRevision, Caller caller) {
    Optional<Resource> found = resources.find(id);
    if (found.isEmpty()) {
      return refused(NOT_FOUND, NO_RESOURCE);
    }
    Resource now = found.get();
    if (!caller.may(Operation.UPDATE, now.typeName(), now.typeVersion())) {
      return refused(DENIED, NO_PERMISSION);
    }
    if (expectedRevision != null && expectedRevision != now.revision()) {
      return stale(now);
    }
    return converted(now, edit.of(now), caller);
  }

  /** Here and not before, for it may be stored as another version meanwhile. */
  private IntakeResult converted(Resource now, Edit edit, Caller caller) {
    JsonNode spec = edit.spec();
    String version = edit.version();
    if (spec == null || version == null || version.equals(now.typeVersion())) {
      return edited(now, edit, caller);
    }
    Optional<ResourceType> type = types.find(now.typeName(), version);
    if (type.isEmpty()) {
      return noType(now.typeName(), version);
    }
    JsonNode whole = edit.applyDefaults() ? judge.withDefaults(type.get(), spec) : spec;
    return switch (versions.written(type.get(), whole, now.typeVersion())) {
      case TypeVersions.Converted.No no -> refused(INVALID, no.why());
      case TypeVersions.Converted.Yes yes -> edited(now, edit.stored(yes.spec()), caller);
    };
  }

  private IntakeResult edited(Resource now, Edit edit, Caller caller) {
    Optional<ResourceType> type = types.find(now.typeName(), now.typeVersion());
    Wish wish =
        new Wish(
            now.name(),
            now.typeName(),
            now.typeVersion(),
            now.actionPlugin(),
            edit.spec(),
            Objects.requireNonNullElse(edit.pluginConfig(), now.pluginConfig()),
            Objects.requireNonNullElse(edit.metadata(), now.metadata()),
            Objects.requireNonNullElse(edit.approval(), now.approval()),
            edit.applyDefaults());
    JsonNode spec = Objects.requireNonNullElse(edit.spec(), now.spec());
    if (type.isEmpty()) {
      return noType(wish);
    }
    return switch (judge.judge(wish, type.get(), spec, now, caller)) {
      case WishJudge.Verdict.No no -> no.refusal();
      case WishJudge.Verdict.Yes yes ->
          answer(
              resources.update(
                  now.id(),
                  new ResourceContent(
                      yes.spec(), wish.pluginConfig(), wish.metadata(), wish.approval()),
                  now.revision()));
    };
  }

  private static IntakeResult answer(UpdateResult result) {
    return switch (result) {
      case UpdateResult.Updated updated -> new Stored(updated.resource(), UPDATED);
      case UpdateResult.Unchanged unchanged -> new Stored(unchanged.resource(), UNCHANGED);
      case UpdateResult.Conflict conflict -> stale(conflict.current());
      case UpdateResult.BeingDeleted deleted ->
          refused(
              BEING_DELETED, "Resource %s is being deleted".formatted(deleted.current().name()));
      case UpdateResult.NotFound _ -> refused(NOT_FOUND, NO_RESOURCE);
    };
  }

  private static IntakeResult stale(Resource current) {
    return refused(STALE, "Resource was changed; its revision is now " + current.revision());
  }
}
