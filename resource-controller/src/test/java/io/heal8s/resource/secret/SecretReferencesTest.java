// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.core.http.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReferencesTest {

  @TempDir private Path folder;

  private SecretReferences references(SecretReferences.Store... stores) {
    Map<String, String> environment =
        Map.of("DB_PASSWORD", "ours", "TEAM_TOKEN", "theirs", "ONE", "1");
    return new SecretReferences(
        environment::get,
        List.of("ONE", "TEAM_*"),
        List.of(folder.resolve("open")),
        List.of(stores));
  }

  @Test
  void variablesThatWereMeantForIt() {
    assertThat(references().read("env:ONE")).contains("1");
    assertThat(references().read("env:TEAM_TOKEN")).contains("theirs");
    assertThat(references().read("env:DB_PASSWORD")).as("the service's own").isEmpty();
    assertThat(references().read("env:TEAM_NONE")).isEmpty();
  }

  @Test
  void filesBelowTheFoldersThatWereMeantForIt() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path secret = Files.writeString(folder.resolve("secret"), "ours");
    Files.writeString(open.resolve("token"), "theirs\n");
    Files.createSymbolicLink(open.resolve("link"), secret);
    assertThat(references().read("file:" + open.resolve("token"))).contains("theirs");
    assertThat(references().read("file:" + secret)).isEmpty();
    assertThat(references().read("file:" + open.resolve("../secret"))).isEmpty();
    assertThat(references().read("file:" + open.resolve("link"))).as("a way out").isEmpty();
    assertThat(references().read("file:" + open.resolve("none"))).isEmpty();
    assertThat(references().read("file:\0")).isEmpty();
  }

  @Test
  void whatNobodyKnows() {
    for (String reference : List.of("", "plain", "gopher:x", "vault:a#b", "env:")) {
      assertThat(references().read(reference)).as(reference).isEmpty();
    }
  }

  @Test
  void vaultIsAskedAsItsSecondKeyValueEngine() throws IOException {
    HttpServer vault =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    vault.createContext(
        "/",
        exchange -> {
          boolean known =
              exchange.getRequestURI().getPath().equals("/v1/kv/data/team/db")
                  && "hvs.token".equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))
                  && "ours".equals(exchange.getRequestHeaders().getFirst("X-Vault-Namespace"));
          byte[] body =
              (known
                      ? "{\"data\":{\"data\":{\"password\":\"hunter2\"},\"metadata\":{\"version\":1}}}"
                      : "{\"errors\":[]}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    vault.start();
    int port = vault.getAddress().getPort();
    // It is the deployer's, so it needs no entry on the list for what users name.
    try (OutboundHttpClient client = new OutboundHttpClient(OutboundSettings.defaults())) {
      SecretReferences references =
          references(
              new VaultStore(
                  new VaultStore.Settings(
                      URI.create("http://127.0.0.1:" + port + "/"),
                      Secret.of("hvs.token"),
                      "ours",
                      "kv"),
                  client));
      assertThat(references.read("vault:team/db#password")).contains("hunter2");
      assertThat(references.read("vault:team/db#user")).as("another key").isEmpty();
      assertThat(references.read("vault:team/none#password")).isEmpty();
      assertThat(references.read("vault:team/../sys#password")).as("another path").isEmpty();
      assertThat(references.read("vault:team/db")).as("no key").isEmpty();
    } finally {
      vault.stop(0);
    }
  }
}
