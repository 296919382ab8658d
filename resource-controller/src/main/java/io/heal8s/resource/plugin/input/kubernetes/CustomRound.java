// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.kubernetes;

import static io.heal8s.resource.plugin.InputSink.Receipt.Fault.IDENTITY;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.InputSink.Key;
import io.heal8s.resource.plugin.InputSink.Origin;
import io.heal8s.resource.plugin.InputSink.Receipt;
import io.heal8s.resource.plugin.InputSink.State;
import io.heal8s.resource.plugin.InputSink.Wanted;
import io.heal8s.resource.plugin.input.document.Rounds;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One look at all objects of the kinds; used by one thread. */
final class CustomRound implements Rounds.Round {

  private static final String ANNOTATION = CustomKinds.GROUP + "/action-plugin";

  private final CustomKinds kinds;
  private final String source;
  private final CustomObjects objects;
  private final InputSink sink;
  private final InstantSource clock;

  private List<String> problems = List.of();

  /** Whether an object of this look means no resource: it may be the one that is missed. */
  private boolean unclear;

  CustomRound(
      CustomKinds kinds,
      String source,
      CustomObjects objects,
      InputSink sink,
      InstantSource clock) {
    this.kinds = kinds;
    this.source = source;
    this.objects = objects;
    this.sink = sink;
    this.clock = clock;
  }

  @Override
  public List<String> once() {
    sink.alone(source, this::look);
    return problems;
  }

  private void look() {
    List<String> found = new ArrayList<>();
    Map<CustomKinds.Type, List<JsonNode>> all = new LinkedHashMap<>();
    for (CustomKinds.Type type : kinds.types()) {
      switch (objects.list(type, kinds.namespace())) {
        case Answer.Ok<List<JsonNode>>(List<JsonNode> listed) -> all.put(type, listed);
        case Answer.Failed<List<JsonNode>>(ApiFailure failure) ->
            found.add(type.kind().resource() + " cannot be read: " + failure.message());
      }
    }
    unclear = false;
    List<Key> named = new ArrayList<>();
    all.forEach((type, listed) -> listed.forEach(each -> named.add(one(type, each, found))));
    if (all.size() == kinds.types().size()) {
      prune(named, found);
    }
    problems = List.copyOf(found);
  }

  /** Somebody took our finalizer away. */
  private void prune(List<Key> named, List<String> found) {
    Set<String> read =
        kinds.types().stream().map(CustomKinds.Type::name).collect(Collectors.toSet());
    Set<Key> gone = new LinkedHashSet<>(sink.gone(source, named).keySet());
    // The objects of a type that is read no more are still there.
    gone.removeIf(key -> !read.contains(key.typeName()));
    if (unclear && !gone.isEmpty()) {
      found.add("nothing is deleted while it is unclear which resource an object means");
      return;
    }
    gone.forEach(key -> note(found, key, sink.delete(key, source)));
  }

  private Key one(CustomKinds.Type type, JsonNode object, List<String> found) {
    String name = object.path("metadata").path("name").asString("");
    Key key = new Key(type.name(), type.version(), name);
    if (object.path("metadata").has("deletionTimestamp")) {
      leave(type, object, key, found);
      return key;
    }
    if (!CustomObjects.isHeld(object)) {
      // Before anything is done for it, so that its end is never missed.
      Optional<ApiFailure> failure = objects.hold(type, object);
      if (failure.isPresent()) {
        found.add(key + ": " + failure.get().message());
        return key;
      }
    }
    Receipt receipt = sink.apply(wanted(key, object));
    unclear |= receipt instanceof Receipt.Refused(_, Receipt.Fault fault) && fault == IDENTITY;
    note(found, key, receipt);
    show(type, object, receipt, key, found);
    return key;
  }

  private void leave(CustomKinds.Type type, JsonNode object, Key key, List<String> found) {
    if (!CustomObjects.isHeld(object)) {
      return;
    }
    Receipt receipt = sink.delete(key, source);
    note(found, key, receipt);
    // A refusal tells nothing of whether it is gone.
    if (receipt instanceof Receipt.Accepted && sink.state(key).isEmpty()) {
      objects.release(type, object).ifPresent(failure -> found.add(key + ": " + failure.message()));
    } else {
      show(type, object, receipt, key, found);
    }
  }

  private void show(
      CustomKinds.Type type, JsonNode object, Receipt receipt, Key key, List<String> found) {
    Optional<State> state = sink.state(key);
    ObjectNode status = CustomStatus.of(object, receipt, state, clock.instant());
    // Read back, for a number that was read is not equal to one that was put.
    if (!JsonMapper.shared().readTree(status.toString()).equals(object.path("status"))) {
      objects
          .status(type, object, status)
          .ifPresent(failure -> found.add(key + ": " + failure.message()));
    }
  }

  private Wanted wanted(Key key, JsonNode object) {
    JsonNode metadata = object.path("metadata");
    Map<String, String> labels = new TreeMap<>();
    metadata
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
    return new Wanted(
        key,
        metadata.path("annotations").path(ANNOTATION).asString(""),
        object.path("spec"),
        JsonNodeFactory.instance.objectNode(),
        labels,
        new Origin(source, metadata.path("namespace").asString("") + "/" + key.name()));
  }

  private static void note(List<String> found, Key key, Receipt receipt) {
    switch (receipt) {
      case Receipt.Accepted _ -> {}
      case Receipt.Refused(String message, _) -> found.add(key + ": " + message);
      case Receipt.TryAgain(String message) -> found.add(key + ": " + message);
    }
  }
}
