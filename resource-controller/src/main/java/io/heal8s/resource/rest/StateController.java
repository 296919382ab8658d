// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.plugin.state.StatePosition;
import io.heal8s.resource.plugin.state.StateStore;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The states of OpenTofu and Terraform as their {@code http} backend wants them: GET, POST and
 * DELETE, LOCK and UNLOCK. It is for the programs that this service starts and for nobody else: a
 * run has a credential of its own, and no user's token counts here.
 */
@RestController
public final class StateController {

  /** Where it is; the id of a resource follows. */
  static final String PATH = "/api/v1/program-states";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final StateStore states;

  /** Makes it; {@link StateFilter} has judged whoever comes here. */
  public StateController(StateStore states) {
    this.states = states;
  }

  /** One method for all: LOCK and UNLOCK are no methods that annotations can name. */
  @RequestMapping(PATH + "/{id}")
  ResponseEntity<String> state(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestParam(name = "ID", defaultValue = "") String lockId,
      @RequestBody(required = false) byte @Nullable [] body) {
    long resource = Parameters.id("id", id);
    UUID run = StateFilter.run(request);
    String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
    if (!StateFilter.isJudged(request)) {
      return superseded();
    }
    if (request.getMethod().equals("GET")) {
      return read(resource);
    }
    if (run == null) {
      return superseded();
    }
    return switch (request.getMethod()) {
      case "POST" -> write(resource, run, lockId, text);
      case "DELETE" -> answer(states.delete(resource, run));
      case "LOCK" -> {
        String wanted = idOf(text);
        yield wanted.isEmpty()
            ? ResponseEntity.badRequest().body("the lock has no ID")
            : answer(states.lock(resource, run, wanted, text));
      }
      case "UNLOCK" -> answer(states.unlock(resource, run, idOf(text)));
      default -> ResponseEntity.status(405).body("");
    };
  }

  private static ResponseEntity<String> superseded() {
    return ResponseEntity.status(401).body(StateFilter.STRANGER);
  }

  private ResponseEntity<String> read(long resource) {
    return states
        .read(resource)
        .map(state -> ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(state))
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  private ResponseEntity<String> write(long resource, UUID run, String lockId, String text) {
    JsonNode state;
    try {
      state = JSON.readTree(text);
    } catch (JacksonException e) {
      return ResponseEntity.badRequest().body("the state is no JSON");
    }
    if (!state.path("serial").isIntegralNumber() || !state.path("lineage").isString()) {
      return ResponseEntity.badRequest().body("the state has no serial or no lineage");
    }
    StatePosition position =
        new StatePosition(
            state.path("lineage").stringValue(),
            state.path("serial").longValue(),
            // An encrypted one does not say; it must not look as if there were nothing.
            state.has("resources") ? state.path("resources").size() : 1);
    return answer(states.write(resource, run, lockId, position, text));
  }

  private static ResponseEntity<String> answer(StateStore.Answer answer) {
    return switch (answer) {
      case StateStore.Answer.Done() -> ResponseEntity.ok("");
      case StateStore.Answer.Locked(String info) ->
          ResponseEntity.status(423).contentType(MediaType.APPLICATION_JSON).body(info);
      case StateStore.Answer.Superseded() -> superseded();
      case StateStore.Answer.Conflict(String message) -> ResponseEntity.status(409).body(message);
    };
  }

  /** The id of a lock; empty where it has none. */
  private static String idOf(String text) {
    try {
      return text.isBlank() ? "" : JSON.readTree(text).path("ID").asString("");
    } catch (JacksonException e) {
      return "";
    }
  }
}
