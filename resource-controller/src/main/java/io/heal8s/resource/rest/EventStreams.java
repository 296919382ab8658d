// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.auth.Authentication;
import io.heal8s.resource.model.ResourceEvent;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.StoreUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes events to listeners for as long as they listen. Each has a virtual thread of its own,
 * which waits for the client and never for another one: a slow listener falls behind and reads on
 * from the log. Who lost the right to listen is cut off at the next look.
 */
public final class EventStreams implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
  private static final int BATCH = 1_000;

  /** Each has a thread, a connection and a place in the log; who comes later comes back. */
  private static final int MOST_LISTENERS = 1_000;

  private static final String PAUSE_OF_REFUSED_SECONDS = "10";

  /** Resources of which one listener remembers that they left: less than a megabyte. */
  private static final int REMEMBERED = 10_000;

  /** Of all listeners together: less than fifty megabytes, however many there are. */
  private static final int REMEMBERED_BY_ALL = 500_000;

  /** Events are read that often even if nobody said that there are any. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** So long may somebody listen on who has just lost the right. */
  private static final Duration JUDGED_ANEW = Duration.ofSeconds(1);

  /** A connection that carries nothing is cut by proxies; a listener sees that we are there. */
  private static final int LOOKS_PER_HEARTBEAT = 3;

  private final EventLog events;
  private final Authentication authentication;
  private final Set<Semaphore> open = ConcurrentHashMap.newKeySet();
  private final Semaphore places;
  private volatile boolean closed;

  /** Makes it. */
  public EventStreams(EventLog events, Authentication authentication) {
    this(events, authentication, MOST_LISTENERS);
  }

  EventStreams(EventLog events, Authentication authentication, int mostListeners) {
    this.events = events;
    this.authentication = authentication;
    this.places = new Semaphore(mostListeners);
  }

  /**
   * Returns when nobody listens any more.
   *
   * @throws ApiException 503 where as many listen as may
   */
  void send(
      HttpServletRequest request,
      HttpServletResponse response,
      EventSelection selection,
      long after)
      throws IOException {
    if (!places.tryAcquire()) {
      throw ApiException.of(503, "Too many listen to events; come back later")
          .header("Retry-After", PAUSE_OF_REFUSED_SECONDS);
    }
    try {
      listen(request, response, selection, after);
    } finally {
      places.release();
    }
  }

  private void listen(
      HttpServletRequest request,
      HttpServletResponse response,
      EventSelection selection,
      long after)
      throws IOException {
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    if (request.getMethod().equals("HEAD")) {
      // It asks for what stands before the events; there would be no end of waiting for more.
      return;
    }
    Semaphore wake = new Semaphore(0);
    open.add(wake);
    try (EventLog.Subscription ignored = events.subscribe(wake::release)) {
      follow(request, response.getOutputStream(), selection, after, wake);
    } catch (IOException e) {
      log.debug("a listener is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(wake);
    }
  }

  private void follow(
      HttpServletRequest request,
      OutputStream out,
      EventSelection first,
      long after,
      Semaphore wake)
      throws IOException, InterruptedException {
    out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
    EventSelection selection = first;
    Leavings leavings = new Leavings(this::share);
    long position = after;
    long judgedAt = System.nanoTime();
    int quiet = 0;
    while (!closed) {
      EventLog.Batch batch = read(position, selection);
      boolean sent = write(out, batch, selection, leavings);
      quiet = sent ? 0 : quiet;
      boolean more = batch.upTo() > position;
      position = batch.upTo();
      if (!more) {
        boolean woken = wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        wake.drainPermits();
        quiet = woken ? quiet : quiet + 1;
      }
      if (quiet >= LOOKS_PER_HEARTBEAT) {
        // With an id, so that a listener of few events need not come back to an old place.
        out.write(("id: " + position + "\n: still here\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        quiet = 0;
      }
      if (System.nanoTime() - judgedAt > JUDGED_ANEW.toNanos()) {
        judgedAt = System.nanoTime();
        switch (authentication.judge(request.getHeader("Authorization"))) {
          case Authentication.Result.Unknown _ -> {
            return;
          }
          case Authentication.Result.Known known ->
              selection = selection.withCaller(known.caller());
        }
      }
    }
  }

  private int share() {
    return Math.min(REMEMBERED, REMEMBERED_BY_ALL / Math.max(1, open.size()));
  }

  private EventLog.Batch read(long position, EventSelection selection) throws IOException {
    try {
      return events.read(position, selection.filter(), BATCH);
    } catch (StoreUnavailableException e) {
      // The client comes back by itself and goes on where it was.
      throw new IOException(e);
    }
  }

  private static boolean write(
      OutputStream out, EventLog.Batch batch, EventSelection selection, Leavings leavings)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (ResourceEvent event : batch.events()) {
      switch (leavings.told(event, selection.fit(event))) {
        case AS_IT_IS -> append(text, event, event.type().name());
        case LEFT -> append(text, event, Leavings.EVENT);
        case NOTHING -> {}
      }
    }
    if (text.isEmpty()) {
      return false;
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
    return true;
  }

  private static void append(StringBuilder out, ResourceEvent event, String type) {
    out.append("id: ").append(event.position());
    out.append("\nevent: ").append(type);
    out.append("\ndata: {\"event_type\":\"").append(type);
    out.append("\",\"resource_id\":").append(event.resourceId());
    out.append(",\"resource_name\":").append(quoted(event.resourceName()));
    out.append(",\"resource_type_name\":").append(quoted(event.typeName()));
    out.append(",\"resource_type_version\":").append(quoted(event.typeVersion()));
    // PostgreSQL writes a document on one line.
    out.append(",\"resource_data\":").append(event.data());
    out.append(",\"timestamp\":\"").append(Times.text(event.timestamp())).append("\"}\n\n");
  }

  private static String quoted(String text) {
    return JsonNodeFactory.instance.stringNode(text).toString();
  }

  /** Ends all streams; their clients come back to another process. */
  @Override
  public void close() {
    closed = true;
    open.forEach(Semaphore::release);
  }
}
