// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server refuses before anything of ours sees it, byte by byte. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ServerRefusalsTest {

  private static final String HOST = "Host: a";

  private RunningService service;

  @BeforeAll
  void start(SharedPostgres postgres) {
    service =
        RunningService.start(postgres.empty(2, 10), "AUTH=none", "ENABLED_ACTION_PLUGINS=test");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /api/v1/resources/%zz HTTP/1.1 | Host: a                    | 400",
        "GET /a%00b HTTP/1.1                | Host: a                    | 400",
        "GET /api/v1/<script> HTTP/1.1      | Host: a                    | 400",
        "GET /.. HTTP/1.1                   | Host: a                    | 400",
        "G@T / HTTP/1.1                     | Host: a                    | 400",
        "GET / HTTP/1.1                     | Host: a b                  | 400",
        "GET / HTTP/1.1                     | X-No-Host: a               | 400",
        "GET / HTTP/7.1                     | Host: a                    | 505",
        "GET /error HTTP/1.1                | Host: a                    | 404",
        "TRACE / HTTP/1.1                   | Host: a                    | 405",
        "POST / HTTP/1.1                    | Content-Length: x          | 400",
        "POST / HTTP/1.1                    | Transfer-Encoding: unheard | 501",
      })
  void areAnsweredInTheShapeOfTheContract(String line, String header, int status)
      throws IOException {
    String host = header.contains("Host") ? "" : HOST + "\r\n";
    String answer =
        sent(line + "\r\n" + host + header + "\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
    String[] parts = answer.split("\r\n\r\n", 2);
    assertThat(parts[0]).startsWith("HTTP/1.1 " + status + " ");
    assertThat(parts[0].toLowerCase(Locale.ROOT))
        .as(parts[1])
        .contains("content-type: application/json");
    // Between the lengths of its pieces, where it comes in pieces.
    String json = parts[1].substring(parts[1].indexOf('{'), parts[1].lastIndexOf('}') + 1);
    JsonNode body = JsonMapper.shared().readTree(json);
    assertThat(body.path("detail").asString()).isNotBlank();
    assertThat(body.propertyNames()).containsExactly("detail");
    assertThat(parts[1]).as("nothing of our insides").doesNotContain("Exception", "org.apache");
  }

  @Test
  void soAreHeadersThatAreTooLong() throws IOException {
    String answer = sent("GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(20_000) + "\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"detail\":");
  }

  private String sent(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
