// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.store.postgres.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service in a process of its own that a test kills; it makes one resource and ends with us.
 */
final class DyingService {

  private DyingService() {}

  static Process start(ConnectionSettings database, Path data, Map<String, String> opentofu)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DyingService.class.getName(),
            database.host(),
            Integer.toString(database.port()),
            database.name(),
            database.user(),
            JsonMapper.shared().writeValueAsString(Map.of("opentofu", opentofu)),
            data.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Runs until its input ends, which is when the test does. */
  public static void main(String[] args) throws IOException {
    ConnectionSettings database =
        new ConnectionSettings(
            args[0], Integer.parseInt(args[1]), args[2], args[3], Secret.of(""), 2, 10);
    try (RunningService service =
        RunningService.start(
            database,
            "AUTH=none",
            "LEASE_DURATION=3",
            "ENABLED_ACTION_PLUGINS=opentofu",
            "PLUGIN_CONFIGS=" + args[4],
            "DATA_DIR=" + args[5])) {
      service.call(
          "POST",
          "/api/v1/resources",
          "{\"name\":\"one\",\"resource_type_name\":\"Server\",\"resource_type_version\":\"v1\","
              + "\"action_plugin\":\"opentofu\",\"spec\":{\"size\":1}}");
      while (System.in.read() >= 0) {
        // Nothing is said.
      }
    }
  }
}
