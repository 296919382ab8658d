// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.effect.WireJson;
import io.heal8s.graphql.intent.AppSnapshot;
import io.heal8s.graphql.intent.Memory;
import io.heal8s.graphql.intent.MonitorIntent;
import io.heal8s.graphql.intent.Seen;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One application and its monitor. What is recorded lives on, what is in memory does not survive
 * {@link #restart}; a step that is killed does a number of intents and dies.
 */
final class Play {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int ALL = Integer.MAX_VALUE;

  private final MonitorDecider decider = new MonitorDecider();
  private final V1ObjectMeta metadata =
      new V1ObjectMeta().name("shop").namespace("team-a").uid("uid-1").generation(1L);
  private @Nullable TargetAppSpec spec;
  private TargetAppStatus status = TargetAppStatus.EMPTY;
  private Memory memory = Memory.NONE;
  private Instant now = START;
  private long generation = 1;

  final Map<String, RemediationSpec> created = new LinkedHashMap<>();
  final List<String> told = new ArrayList<>();
  int writes;
  int createCalls;
  boolean creationFails;

  /** An application with these actions, as JSON or YAML's flow style. */
  static Play with(String... actions) {
    Play play = new Play();
    play.spec = spec("{ health cpu }", actions);
    return play;
  }

  private static TargetAppSpec spec(String query, String... actions) {
    String json =
        "{\"selector\":{\"matchLabels\":{\"app\":\"shop\"}},\"stateQuery\":\"%s\",\"actions\":[%s]}"
            .formatted(query, String.join(",", actions));
    return WireJson.GSON.fromJson(json, TargetAppSpec.class);
  }

  Play edit(String... actions) {
    return replace(spec("{ health cpu }", actions));
  }

  Play editQuery(String query, String... actions) {
    return replace(spec(query, actions));
  }

  Play withoutSpec() {
    return replace(null);
  }

  private Play replace(@Nullable TargetAppSpec next) {
    spec = next;
    metadata.setGeneration(++generation);
    return this;
  }

  /** A label is not part of the spec: the generation stays. */
  Play label() {
    metadata.putLabelsItem("edited", now.toString());
    return this;
  }

  Play after(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** The process is another one from now on. */
  Play restart() {
    memory = Memory.NONE;
    return this;
  }

  Play poll(String state) {
    return step(state(state), ALL);
  }

  /** A poll of another process, of which this one knows nothing. */
  Play pollByAnother(String state) {
    Memory own = memory;
    restart().poll(state);
    memory = own;
    return this;
  }

  Play pollWithGap(String state, String... path) {
    JsonObject data = JsonParser.parseString(state).getAsJsonObject();
    Seen.Gap gap = new Seen.Gap(List.of(path), "no answer");
    return step(new Seen.State("http://10.0.0.1:8080/graphql", data, List.of(gap)), ALL);
  }

  /** Each pod's own state, as {@code {"pod": state}}; a null is a pod that did not answer. */
  Play pollPods(String states) {
    JsonObject pods = JsonParser.parseString(states).getAsJsonObject();
    JsonObject data = new JsonObject();
    data.add(Seen.PODS, pods);
    List<Seen.Gap> gaps =
        pods.entrySet().stream()
            .filter(pod -> pod.getValue().isJsonNull())
            .map(pod -> new Seen.Gap(List.of(Seen.PODS, pod.getKey()), "no answer"))
            .toList();
    return step(new Seen.State("all", data, gaps, true), ALL);
  }

  /** A state of an application that is asked less often than wanted. */
  Play pollSlowed(String state, String slowed) {
    JsonObject data = JsonParser.parseString(state).getAsJsonObject();
    return step(
        new Seen.State("http://10.0.0.1:8080/graphql", data, List.of(), false, slowed), ALL);
  }

  Play same() {
    return step(new Seen.Same("http://10.0.0.1:8080/graphql"), ALL);
  }

  Play failWith(String reason, String message) {
    return step(new Seen.Failure(reason, message, false), ALL);
  }

  Play fail(String reason, boolean stalled) {
    return step(new Seen.Failure(reason, "because of " + reason, stalled), ALL);
  }

  /** Everything pending was asked for, and refused with these words. */
  Play uncreated(String why) {
    Map<String, String> refused = new LinkedHashMap<>();
    status.pendingOrEmpty().forEach(one -> refused.put(one.name(), why));
    return step(new Seen.Uncreated(refused), ALL);
  }

  /** Of what is pending only the one at that place was refused. */
  Play uncreatedOnly(int place, String why) {
    String name = status.pendingOrEmpty().get(place).name();
    return step(new Seen.Uncreated(Map.of(name, why)), ALL);
  }

  Play settle() {
    return step(Seen.NOTHING, ALL);
  }

  /** A poll whose process is killed after that many intents. */
  Play pollKilledAfter(int intents, String state) {
    return step(state(state), intents).restart();
  }

  private static Seen state(String json) {
    JsonObject data = JsonParser.parseString(json).getAsJsonObject();
    return new Seen.State("http://10.0.0.1:8080/graphql", data, List.of());
  }

  List<MonitorIntent> wanted(String state) {
    return decide(state(state));
  }

  private List<MonitorIntent> decide(Seen seen) {
    TargetApp app = new TargetApp(TargetApp.API_VERSION, TargetApp.KIND, metadata, spec, status);
    return decider.decide(new AppSnapshot(app, memory, seen), now).intents();
  }

  private Play step(Seen seen, int most) {
    now = now.plusSeconds(30);
    List<MonitorIntent> intents = decide(seen);
    for (MonitorIntent intent : intents.subList(0, Math.min(most, intents.size()))) {
      if (!execute(intent)) {
        return this;
      }
    }
    return this;
  }

  private boolean execute(MonitorIntent intent) {
    switch (intent) {
      case MonitorIntent.Record(TargetAppStatus next, Memory known, var events) -> {
        // As the API server gives it back.
        status = WireJson.GSON.fromJson(WireJson.GSON.toJson(next), TargetAppStatus.class);
        memory = known;
        tell(events);
        writes++;
      }
      case MonitorIntent.Note(Memory known, var events) -> {
        memory = known;
        tell(events);
      }
      case MonitorIntent.Create(String name, RemediationSpec wanted) -> {
        if (creationFails) {
          return false;
        }
        createCalls++;
        created.putIfAbsent(name, wanted);
      }
    }
    return true;
  }

  private void tell(List<Announcement> events) {
    events.forEach(event -> told.add(event.reason()));
  }

  TargetAppStatus status() {
    return status;
  }

  /** The parameters of the Remediation that was created last. */
  Map<String, String> lastParams() {
    return new ArrayList<>(created.values()).getLast().action().params();
  }

  /** What the Remediation that was created last tells of the change. */
  String lastStateChange() {
    return Objects.requireNonNull(lastParams().get("stateChange"));
  }
}
