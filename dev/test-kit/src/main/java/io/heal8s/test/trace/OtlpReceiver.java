// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.trace;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Takes spans by OTLP over HTTP, uncompressed, and keeps them. */
public final class OtlpReceiver implements AutoCloseable {

  private static final String PATH = "/v1/traces";

  // Field numbers of opentelemetry/proto/collector/trace/v1 and trace/v1.
  private static final int RESOURCE_SPANS = 1;
  private static final int RESOURCE = 1;
  private static final int ATTRIBUTES = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;
  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int PARENT_SPAN_ID = 4;
  private static final int NAME = 5;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int STRING_VALUE = 1;

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  /**
   * A span as it was received.
   *
   * @param service {@code service.name} of its process
   * @param traceId 32 hex digits
   * @param spanId 16 hex digits
   * @param parentId 16 hex digits, empty for the first of a trace
   */
  public record Span(String service, String name, String traceId, String spanId, String parentId) {}

  /** Listens on a free port of this machine. */
  public OtlpReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(PATH, this::take);
    server.start();
  }

  /** Where to send spans. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  /** What was received so far. */
  public List<Span> spans() {
    return List.copyOf(spans);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      UnknownFieldSet request = UnknownFieldSet.parseFrom(exchange.getRequestBody());
      messages(request, RESOURCE_SPANS).forEach(this::keep);
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void keep(UnknownFieldSet resourceSpans) {
    String service =
        messages(resourceSpans, RESOURCE)
            .flatMap(resource -> messages(resource, ATTRIBUTES))
            .filter(attribute -> text(attribute, KEY).equals("service.name"))
            .flatMap(attribute -> messages(attribute, VALUE))
            .map(value -> text(value, STRING_VALUE))
            .findFirst()
            .orElse("");
    messages(resourceSpans, SCOPE_SPANS)
        .flatMap(scope -> messages(scope, SPANS))
        .map(
            span ->
                new Span(
                    service,
                    text(span, NAME),
                    hex(span, TRACE_ID),
                    hex(span, SPAN_ID),
                    hex(span, PARENT_SPAN_ID)))
        .forEach(spans::add);
  }

  private static Stream<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
    return bytes(message, field).map(OtlpReceiver::parse);
  }

  private static UnknownFieldSet parse(ByteString bytes) {
    try {
      return UnknownFieldSet.parseFrom(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(UnknownFieldSet message, int field) {
    return bytes(message, field).findFirst().map(ByteString::toStringUtf8).orElse("");
  }

  private static String hex(UnknownFieldSet message, int field) {
    return bytes(message, field)
        .findFirst()
        .map(bytes -> HexFormat.of().formatHex(bytes.toByteArray()))
        .orElse("");
  }

  private static Stream<ByteString> bytes(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
