// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.model.Instance;
import io.heal8s.resource.store.InstanceStore;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The processes that share the work. The original had one leader that did it all; here every ready
 * one does what that one did, so each says {@code leader}, and there is no lock to show.
 */
@RestController
public final class ClusterController {

  private final InstanceStore instances;
  private final Supplier<UUID> self;
  private final InstantSource clock;

  /** Makes it; the supplier gives the name of this process among the others. */
  public ClusterController(InstanceStore instances, Supplier<UUID> self, InstantSource clock) {
    this.instances = instances;
    this.self = self;
    this.clock = clock;
  }

  @GetMapping("/api/v1/cluster/nodes")
  ResponseEntity<JsonNode> nodes(HttpServletRequest request) {
    Callers.admin(request);
    String own = self.get().toString();
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("this_instance_id", own);
    ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
    boolean works = false;
    for (Instance instance : instances.list()) {
      works |= instance.alive() && own.equals(instance.id().toString());
      nodes.add(node(instance, clock.instant()));
    }
    answer.put("this_instance_is_leader", works).putNull("leader_lock");
    return ResponseEntity.ok(answer.set("nodes", nodes));
  }

  private static ObjectNode node(Instance instance, Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("node_id", instance.id().toString())
        .put("hostname", instance.hostname())
        .put("pid", instance.pid())
        .put("status", instance.alive() ? "Ready" : "NotReady")
        .put("role", instance.alive() ? "leader" : "follower")
        .put("age", age(Duration.between(instance.firstSeen(), now)))
        .put("first_seen", Times.text(instance.firstSeen()))
        .put("last_heartbeat", Times.text(instance.lastHeartbeat()));
  }

  /** The two largest units, as kubectl does. */
  static String age(Duration age) {
    if (age.isNegative()) {
      return "0s";
    }
    if (age.toDays() > 0) {
      return "%dd%dh".formatted(age.toDays(), age.toHoursPart());
    }
    if (age.toHours() > 0) {
      return "%dh%dm".formatted(age.toHours(), age.toMinutesPart());
    }
    return age.toMinutes() > 0
        ? "%dm%ds".formatted(age.toMinutes(), age.toSecondsPart())
        : age.toSeconds() + "s";
  }
}
