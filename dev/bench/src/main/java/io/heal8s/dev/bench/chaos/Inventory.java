// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.chaos;

import io.heal8s.dev.bench.resources.BenchServer;
import io.heal8s.dev.bench.resources.BenchService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The resources: made through whichever process is there, counted where they are kept. */
final class Inventory {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TRY_AGAIN = Duration.ofMillis(100);
  private static final String HELD_BECAUSE = "It is not known %dispatch%";

  private final Fleet fleet;
  private final BenchServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  Inventory(Fleet fleet, BenchServer server) {
    this.fleet = fleet;
    this.server = server;
  }

  /**
   * How they stand.
   *
   * @param ready applied
   * @param held failed, because it is not known whether their dispatch happened
   */
  record Count(long ready, long held) {}

  void makeType() throws InterruptedException {
    untilTaken(
        "POST",
        "/api/v1/resource-types",
        "{\"name\": \"Database\", \"version\": \"v1\", \"schema\": {\"type\": \"object\"}}");
  }

  /** Creates so many, each again and again until somebody took it; returns how many. */
  int createEvenly(int count, Duration over) throws InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = begin + over.toNanos() / count * i;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      String name = "chaos-" + i;
      untilTaken(
          "POST",
          "/api/v1/resources",
          """
          {"name": "%s", "resource_type_name": "Database", "resource_type_version": "v1",
           "action_plugin": "github_actions", "plugin_config": %s, "spec": %s}
          """
              .formatted(name, Workflows.pluginConfig(), Workflows.spec(name)));
    }
    return count;
  }

  /** Asks for what is held once more, as a person does who has looked. */
  void reconcileHeld() throws SQLException, InterruptedException {
    for (long id : heldIds()) {
      untilTaken("POST", "/api/v1/resources/" + id + "/reconcile", "");
    }
  }

  /** A conflict says that an earlier try was taken whose answer was lost. */
  private void untilTaken(String method, String path, String body) throws InterruptedException {
    for (int status = 0; status / 100 != 2 && status != 409; ) {
      Optional<BenchService> any = fleet.anyReady();
      status = any.isEmpty() ? 0 : send(any.get(), method, path, body);
      if (status / 100 == 4 && status != 409) {
        throw new IllegalStateException(method + " " + path + " was answered " + status);
      }
      if (status / 100 != 2) {
        LockSupport.parkNanos(TRY_AGAIN.toNanos());
      }
    }
  }

  private int send(BenchService service, String method, String path, String body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
      return answer.statusCode();
    } catch (IOException killed) {
      return 0;
    }
  }

  Count count() throws SQLException {
    try (Connection connection = server.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT count(*) FILTER (WHERE r.status = 'ready' AND w.lease_owner IS NULL),
                  count(*) FILTER (WHERE r.status = 'failed' AND r.status_message LIKE ?
                    AND w.lease_owner IS NULL AND w.due_at = 'infinity')
                FROM resources r JOIN reconcile_work w ON w.resource_id = r.id
                """)) {
      statement.setString(1, HELD_BECAUSE);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Count(row.getLong(1), row.getLong(2));
      }
    }
  }

  /** A line for each that is neither ready nor held: what a person needs to see why. */
  List<String> stuck() throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = server.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT format('%s is %s (%s); %s failures, due in %s, leased by %s, run %s',
                  r.name, r.status, r.status_message, w.failures, w.due_at - now(),
                  coalesce(w.lease_owner::text, 'nobody'), coalesce(w.run::text, 'none'))
                FROM resources r LEFT JOIN reconcile_work w ON w.resource_id = r.id
                WHERE NOT coalesce(r.status = 'ready' AND w.lease_owner IS NULL, false)
                  AND NOT coalesce(r.status = 'failed' AND r.status_message LIKE ?
                    AND w.lease_owner IS NULL AND w.due_at = 'infinity', false)
                ORDER BY r.name LIMIT 20
                """)) {
      statement.setString(1, HELD_BECAUSE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    }
    return lines;
  }

  private List<Long> heldIds() throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT resource_id FROM reconcile_work WHERE run ->> 'phase' = 'HELD'")) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  /** Dispatches that a process has written ahead and not ended. */
  long dispatching(long pid) throws SQLException {
    try (Connection connection = server.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT count(*) FROM reconcile_work w JOIN instances i ON i.id = w.lease_owner
                WHERE i.pid = ? AND w.run ->> 'phase' = 'DISPATCHING'
                """)) {
      statement.setLong(1, pid);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
