// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.ResourceStore;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events as they happen, as Server-Sent Events. */
@RestController
public final class EventController {

  private final EventLog events;
  private final EventStreams streams;
  private final ResourceStore resources;

  public EventController(EventLog events, EventStreams streams, ResourceStore resources) {
    this.events = events;
    this.streams = streams;
    this.resources = resources;
  }

  @GetMapping("/api/v1/events")
  void all(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(name = "resource_type", required = false) @Nullable String type,
      @RequestParam(name = "resource_type_version", required = false) @Nullable String version,
      @RequestParam(name = "last_event_id", required = false) @Nullable String since,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId)
      throws IOException {
    Caller caller = Callers.of(request);
    EventLog.Filter filter =
        new EventLog.Filter(null, Parameters.filter(type), Parameters.filter(version));
    streams.send(
        request,
        response,
        new EventSelection(filter, caller, EventSelection.Of.ANY),
        start(lastEventId, since));
  }

  @GetMapping("/api/v1/resources/{id}/events")
  void ofOne(
      HttpServletRequest request,
      HttpServletResponse response,
      @PathVariable String id,
      @RequestParam(name = "last_event_id", required = false) @Nullable String since,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId)
      throws IOException {
    Caller caller = Callers.of(request);
    Resource resource =
        resources
            .find(Parameters.id("resource_id", id))
            .orElseThrow(() -> ApiException.notFound("Resource"));
    Callers.require(caller, Operation.READ, resource.typeName(), resource.typeVersion());
    EventLog.Filter filter = new EventLog.Filter(resource.id(), null, null);
    streams.send(
        request,
        response,
        new EventSelection(filter, caller, EventSelection.Of.ANY),
        start(lastEventId, since));
  }

  /** The list of resources, followed: its changes from the position that the list gave. */
  @GetMapping(path = "/api/v1/resources", params = "watch=true")
  void watch(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(name = "resource_type_name", required = false) @Nullable String type,
      @RequestParam(name = "resource_type_version", required = false) @Nullable String version,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(name = "action_plugin", required = false) @Nullable String actionPlugin,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(name = "label_selector", required = false) @Nullable String labels,
      @RequestParam(name = "last_event_id", required = false) @Nullable String since,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId)
      throws IOException {
    Caller caller = Callers.of(request);
    // By version the log would leave out what tells that a resource was migrated to another one.
    EventLog.Filter filter = new EventLog.Filter(null, Parameters.filter(type), null);
    EventSelection.Of of =
        new EventSelection.Of(
            Parameters.filter(name),
            Parameters.filter(version),
            Parameters.filter(status),
            Parameters.filter(actionPlugin),
            LabelSelector.parse(labels));
    streams.send(
        request, response, new EventSelection(filter, caller, of), start(lastEventId, since));
  }

  private long start(@Nullable String header, @Nullable String parameter) {
    String given = header == null || header.isEmpty() ? parameter : header;
    if (given == null || given.isEmpty()) {
      return events.newest();
    }
    if (!given.matches("\\d{1,18}")) {
      throw ApiException.of(400, "Last-Event-ID must be an id of an event");
    }
    long position = Long.parseLong(given);
    if (position + 1 < events.oldest()) {
      throw ApiException.of(410, "Events after " + position + " are no longer kept; list again");
    }
    if (position > events.newest()) {
      // Of another database, or of one that was put back: what happened since is not known here.
      throw ApiException.of(410, "Event " + position + " has not happened here; list again");
    }
    return position;
  }
}
