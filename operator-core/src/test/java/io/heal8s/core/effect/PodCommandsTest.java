// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@code v5.channel.k8s.io}, played by a server of this test: no program can be run
 * on a control plane without nodes.
 */
class PodCommandsTest {

  private static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";
  private static final ObjectKey POD = new ObjectKey("shop", "api-1");

  private final List<byte[]> frames = new ArrayList<>();
  private final CompletableFuture<String> head = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private ServerSocket server = closed();
  private String refusal = "";
  private boolean staysOpen;

  private static ServerSocket closed() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    over.complete(null);
    server.close();
  }

  private void serve() {
    try (Socket socket = server.accept()) {
      String request = readHead(socket.getInputStream());
      head.complete(request);
      OutputStream out = socket.getOutputStream();
      if (!refusal.isEmpty()) {
        out.write(
            ("HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: "
                    + refusal.length()
                    + "\r\n\r\n"
                    + refusal)
                .getBytes(StandardCharsets.UTF_8));
        return;
      }
      out.write(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Protocol: v5.channel.k8s.io\r\nSec-WebSocket-Accept: "
                  + accept(request)
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      for (byte[] frame : frames) {
        send(out, frame);
      }
      out.flush();
      if (staysOpen) {
        over.join();
      }
    } catch (IOException broken) {
      head.completeExceptionally(broken);
    }
  }

  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended early");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.UTF_8);
  }

  // RFC 6455, section 4.2.2.
  private static String accept(String request) {
    String key =
        request
            .lines()
            .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
            .findFirst()
            .orElseThrow()
            .substring("Sec-WebSocket-Key: ".length());
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      String all = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
      return Base64.getEncoder().encodeToString(sha1.digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  // A final binary frame of a server: not masked.
  private static void send(OutputStream out, byte[] body) throws IOException {
    out.write(0x82);
    if (body.length < 126) {
      out.write(body.length);
    } else {
      out.write(126);
      out.write(body.length >> 8);
      out.write(body.length & 0xff);
    }
    out.write(body);
  }

  private void says(int channel, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[bytes.length + 1];
    frame[0] = (byte) channel;
    System.arraycopy(bytes, 0, frame, 1, bytes.length);
    frames.add(frame);
  }

  private PodCommands.Result run(Duration timeout) {
    ApiClient client = new ApiClient();
    client.setBasePath("http://127.0.0.1:" + server.getLocalPort());
    KubernetesApi api = new KubernetesApi(client, Duration.ofSeconds(5));
    return new PodCommands(api.asServiceAccount("shop", "runner"))
        .run(POD, "api", List.of("/bin/sh", "-c", "echo 3 & echo 1"), timeout);
  }

  @Test
  void outputThatLooksLikeAChannelIsOutput() {
    says(1, "3 is the first word\n");
    says(2, "1 more\n");
    says(3, SUCCESS);

    assertThat(run(Duration.ofSeconds(5)))
        .isEqualTo(new PodCommands.Result.Exited(0, "3 is the first word\n1 more\n"));
    assertThat(head.join())
        .startsWith(
            "GET /api/v1/namespaces/shop/pods/api-1/exec?container=api&stdout=true&stderr=true"
                + "&command=%2Fbin%2Fsh&command=-c&command=echo%203%20%26%20echo%201 HTTP/1.1")
        .contains("Impersonate-User: system:serviceaccount:shop:runner")
        .contains("Sec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io");
  }

  @Test
  void anExitCodeIsTheCommandsOwn() {
    says(1, "x".repeat(5000));
    says(1, "end");
    says(
        3,
        """
        {"status":"Failure","reason":"NonZeroExitCode","message":"command terminated",
         "details":{"causes":[{"reason":"ExitCode","message":"42"}]}}
        """);

    assertThat(run(Duration.ofSeconds(5)))
        .isInstanceOfSatisfying(
            PodCommands.Result.Exited.class,
            exited -> {
              assertThat(exited.code()).isEqualTo(42);
              assertThat(exited.output()).hasSize(4096).endsWith("xend");
            });
  }

  @Test
  void whatTheServerCouldNotBeginIsNoExitCode() {
    says(
        3, "{\"status\":\"Failure\",\"reason\":\"InternalError\",\"message\":\"no such program\"}");

    assertThat(run(Duration.ofSeconds(5)))
        .isEqualTo(new PodCommands.Result.Lost("no such program"));
  }

  @Test
  void aRefusalIsToldInTheServersWords() {
    refusal =
        "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"Forbidden\","
            + "\"message\":\"cannot impersonate\"}";

    assertThat(run(Duration.ofSeconds(5)))
        .isEqualTo(
            new PodCommands.Result.NotBegun(new ApiFailure.Forbidden(403, "cannot impersonate")));
  }

  @Test
  void aCommandThatDoesNotEndIsLost() {
    staysOpen = true;
    says(1, "working");

    assertThat(run(Duration.ofMillis(500))).isInstanceOf(PodCommands.Result.Lost.class);
  }

  @Test
  void aConnectionThatBreaksIsNoSuccess() {
    says(1, "working");

    assertThat(run(Duration.ofSeconds(5))).isInstanceOf(PodCommands.Result.Lost.class);
  }
}
