// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.LabelRequirement;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.InputSink.Receipt.Accepted;
import io.heal8s.resource.plugin.InputSink.Receipt.Fault;
import io.heal8s.resource.plugin.InputSink.Receipt.Refused;
import io.heal8s.resource.plugin.InputSink.Receipt.TryAgain;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.ResourceStore.DeleteResult;
import io.heal8s.resource.store.StoreUnavailableException;
import io.heal8s.resource.store.Turns;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes what one input plugin delivers, with the rights of an administrator and that name. */
public final class Deliveries implements InputSink {

  private static final int PAGE = 1_000;

  private final String plugin;
  private final ResourceIntake intake;
  private final ResourceStore resources;
  private final Identities identities;
  private final Admission admission;
  private final Turns turns;
  private final Caller caller;

  /**
   * Makes it.
   *
   * @param plugin name of the plugin
   */
  public Deliveries(
      String plugin,
      ResourceIntake intake,
      ResourceStore resources,
      Identities identities,
      Admission admission,
      Turns turns) {
    this.plugin = plugin;
    this.intake = intake;
    this.resources = resources;
    this.identities = identities;
    this.admission = admission;
    this.turns = turns;
    this.caller = new Caller(null, "input:" + plugin, true, List.of(), Set.of());
  }

  @Override
  public Receipt apply(Wanted wanted) {
    Optional<Refused> unusable = DeliveryRules.complaint(wanted);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    try {
      Optional<Resource> found = meant(wanted.key());
      Optional<String> conflict =
          found.flatMap(resource -> DeliveryRules.conflict(resource, plugin, wanted));
      return conflict.isPresent() ? new Refused(conflict.get()) : receipt(stored(found, wanted));
    } catch (StoreUnavailableException e) {
      return new TryAgain("the database does not answer");
    }
  }

  /**
   * The resource that a key means. What this plugin delivered stays what it was, also when the
   * versions of its type were taken apart since.
   */
  private Optional<Resource> meant(Key key) {
    return identities
        .named(key.typeName(), key.name())
        .filter(
            resource ->
                identities.isMeant(key.typeVersion(), resource) || Origins.isBy(resource, plugin));
  }

  private IntakeResult stored(Optional<Resource> found, Wanted wanted) {
    if (found.isEmpty()) {
      return intake.create(
          new Wish(
              wanted.key().name(),
              wanted.key().typeName(),
              wanted.key().typeVersion(),
              DeliveryRules.actionPlugin(wanted),
              wanted.spec(),
              wanted.pluginConfig(),
              Origins.metadata(null, plugin, wanted),
              Approval.AUTOMATIC,
              false),
          caller);
    }
    return intake.update(
        found.get().id(),
        now ->
            new Edit(
                wanted.key().typeVersion(),
                wanted.spec(),
                wanted.pluginConfig(),
                Origins.metadata(now.metadata(), plugin, wanted),
                null,
                false),
        null,
        caller);
  }

  private static Receipt receipt(IntakeResult result) {
    return switch (result) {
      case IntakeResult.Stored _ -> new Accepted();
      case IntakeResult.Refused(IntakeResult.Reason reason, String message) ->
          switch (reason) {
            case STALE, BEING_DELETED, NOT_FOUND -> new TryAgain(message);
            case INVALID, DENIED -> new Refused(message);
            case NAME_TAKEN, NO_TYPE -> new Refused(message, Fault.IDENTITY);
          };
    };
  }

  @Override
  public Receipt delete(Key key, @Nullable String source) {
    try {
      Optional<Resource> found = identities.named(key.typeName(), key.name());
      if (found.isEmpty() || found.get().deletedAt() != null) {
        return new Accepted();
      }
      Resource resource = found.get();
      boolean meant = identities.isMeant(key.typeVersion(), resource);
      if (source != null && !Origins.isFrom(resource, plugin, source)) {
        return meant ? new Refused(key + " is no longer delivered from " + source) : new Accepted();
      }
      if (source == null && !meant) {
        // Told rather than taken for done: whoever asks believes that there is one.
        return new Refused(
            "%s is not what is stored as %s/%s"
                .formatted(key, resource.typeName(), resource.typeVersion()),
            Fault.IDENTITY);
      }
      Admission.Verdict verdict =
          admission.judge(
              new Admission.Review(
                  Operation.DELETE,
                  resource.name(),
                  resource.typeName(),
                  resource.typeVersion(),
                  resource.spec(),
                  ReviewJson.of(resource),
                  caller.username()));
      return switch (verdict) {
        case Admission.Verdict.Denied denied -> new Refused(denied.message());
        case Admission.Verdict.Allowed _ -> deleted(resource);
      };
    } catch (StoreUnavailableException e) {
      return new TryAgain("the database does not answer");
    }
  }

  private Receipt deleted(Resource resource) {
    return switch (resources.delete(resource.id(), resource.revision())) {
      case DeleteResult.Marked _, DeleteResult.Purged _ -> new Accepted();
      case DeleteResult.AlreadyMarked _, DeleteResult.NotFound _ -> new Accepted();
      case DeleteResult.Conflict _ -> new TryAgain(resource.name() + " was changed meanwhile");
    };
  }

  @Override
  public Map<Key, String> gone(String source, Collection<Key> named) {
    // A name is one resource's alone: what is named in another version, or was refused, is named.
    Set<String> names = named.stream().map(Key::name).collect(Collectors.toSet());
    Map<Key, String> found = new LinkedHashMap<>();
    LabelRequirement label =
        new LabelRequirement(
            Origins.LABEL, LabelRequirement.Operator.IN, List.of(Origins.mark(plugin, source)));
    Long before = null;
    while (true) {
      List<Resource> page =
          resources.list(
              new ResourceQuery(null, null, null, null, null, List.of(label), null, PAGE, before));
      page.stream()
          .filter(resource -> resource.deletedAt() == null && !names.contains(resource.name()))
          .forEach(
              resource ->
                  found.put(
                      new Key(resource.typeName(), resource.typeVersion(), resource.name()),
                      Origins.part(resource)));
      if (page.size() < PAGE) {
        return found;
      }
      before = page.getLast().id();
    }
  }

  @Override
  public Optional<State> state(Key key) {
    return meant(key)
        .map(
            resource ->
                new State(
                    resource.status().word(),
                    resource.statusMessage(),
                    resource.generation(),
                    resource.observedGeneration(),
                    resource.deletedAt() != null,
                    resource.outputs()));
  }

  @Override
  public boolean alone(String source, Runnable work) {
    try {
      return turns.take(plugin + " " + source, work);
    } catch (StoreUnavailableException e) {
      return false;
    }
  }
}
