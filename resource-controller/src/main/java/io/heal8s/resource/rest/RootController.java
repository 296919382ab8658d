// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.util.function.BooleanSupplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whether the service is there. Public. */
@RestController
public final class RootController {

  private static final String SERVICE = "infrastructure-controller";

  private final BooleanSupplier database;

  /** Makes it; the supplier says whether the database answers. */
  public RootController(BooleanSupplier database) {
    this.database = database;
  }

  /** Says that the process answers, whatever the database does. */
  @GetMapping("/")
  ResponseEntity<JsonNode> root() {
    return ResponseEntity.ok(
        JsonNodeFactory.instance.objectNode().put("status", "ok").put("service", SERVICE));
  }

  @GetMapping("/health")
  ResponseEntity<JsonNode> health() {
    boolean connected = database.getAsBoolean();
    return ResponseEntity.status(connected ? 200 : 503)
        .body(
            JsonNodeFactory.instance
                .objectNode()
                .put("status", connected ? "ok" : "disconnected")
                .put("service", SERVICE));
  }

  @GetMapping("/api/v1/cluster/health")
  ResponseEntity<JsonNode> clusterHealth() {
    boolean connected = database.getAsBoolean();
    return ResponseEntity.status(connected ? 200 : 503)
        .body(
            JsonNodeFactory.instance.objectNode().put("status", connected ? "ok" : "disconnected"));
  }
}
