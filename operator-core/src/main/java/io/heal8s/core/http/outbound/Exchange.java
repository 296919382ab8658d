// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import io.heal8s.core.http.outbound.OutboundResult.Failed;
import io.heal8s.core.http.outbound.OutboundResult.FailureKind;
import io.heal8s.core.http.outbound.RequestRules.Destination;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** One attempt to send a request to one address. May be cut off by another thread. */
final class Exchange {
  /** Nothing was sent yet, so that the next address may be tried whatever the method is. */
  record NotConnected(Failed failed) implements Attempt {}

  /** It is over. */
  record Finished(OutboundResult result) implements Attempt {}

  sealed interface Attempt {}

  private static final int BUFFER = 8 * 1024;

  private final Destination destination;
  private final HttpHost host;
  private final HttpUriRequestBase message;
  private final int maxBytes;
  private final AtomicBoolean cutOff = new AtomicBoolean();

  Exchange(OutboundRequest request, Destination destination, InetAddress address, int maxBytes) {
    this.destination = destination;
    int port = request.clusterAddress().map(InetSocketAddress::getPort).orElse(destination.port());
    this.host = new HttpHost(destination.scheme(), address, destination.bareHost(), port);
    this.maxBytes = maxBytes;
    this.message = new HttpUriRequestBase(request.method(), request.uri());
    request.headers().forEach(header -> message.addHeader(header.name(), header.value()));
    // The content type is one of the headers already.
    request.body().ifPresent(body -> message.setEntity(new ByteArrayEntity(body, null)));
  }

  /** Ends the attempt from outside, wherever it is. */
  void cutOff() {
    cutOff.set(true);
    message.cancel();
  }

  Attempt run(PinnedTransport transport) {
    try {
      return new Finished(receive(transport.open(host, message)));
    } catch (ConnectTimeoutException | ConnectException | NoRouteToHostException e) {
      boolean late = cutOff.get() || e instanceof ConnectTimeoutException;
      return late
          ? new NotConnected(failed(FailureKind.TimedOut, "no connection in time"))
          : new NotConnected(failed(FailureKind.ConnectFailed, "no connection"));
    } catch (IOException e) {
      return new Finished(explain(e));
    } catch (IllegalStateException _) {
      // The pool says so when it was shut down.
      return new Finished(failed(FailureKind.Interrupted, "the client is closed"));
    }
  }

  private OutboundResult receive(ClassicHttpResponse response) throws IOException {
    OutboundResult result = read(response);
    try {
      response.close();
    } catch (IOException _) {
      // The answer is complete or given up; how its connection ends changes nothing.
    }
    return result;
  }

  private OutboundResult read(ClassicHttpResponse response) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(header.getValue() == null ? "" : header.getValue());
    }
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new OutboundResult.Response(
          response.getCode(), headers, new ResponseBody(new byte[0]));
    }
    if (entity.getContentLength() > maxBytes) {
      return tooLarge();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream(BUFFER);
    // Not closed here: closing a stream that is not at its end reads the rest of it.
    InputStream in = entity.getContent();
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      body.write(buffer, 0, n);
      if (body.size() > maxBytes) {
        return tooLarge();
      }
    }
    return new OutboundResult.Response(
        response.getCode(), headers, new ResponseBody(body.toByteArray()));
  }

  private Failed tooLarge() {
    // Throws the connection away, so that closing the answer has nothing left to read.
    message.cancel();
    return failed(
        FailureKind.ResponseTooLarge,
        "the answer is larger than the %d bytes that are read".formatted(maxBytes));
  }

  private Failed explain(IOException e) {
    if (cutOff.get()) {
      return failed(FailureKind.TimedOut, "no complete answer in time");
    }
    if (Thread.currentThread().isInterrupted()) {
      return failed(FailureKind.Interrupted, "interrupted");
    }
    // The exceptions' own messages may quote what was received.
    return switch (e) {
      case SSLException _ -> failed(FailureKind.TlsFailed, "the TLS handshake failed");
      case SocketTimeoutException _ -> failed(FailureKind.TimedOut, "no answer in time");
      case ConnectionRequestTimeoutException _ ->
          failed(FailureKind.TimedOut, "no free connection in time");
      case InterruptedIOException _ -> failed(FailureKind.Interrupted, "interrupted");
      case UnknownHostException _ ->
          failed(FailureKind.NameNotResolved, "the name cannot be resolved");
      case MalformedChunkCodingException _ ->
          failed(FailureKind.ProtocolViolated, "the answer's chunks are malformed");
      case MessageConstraintException _ ->
          failed(FailureKind.ProtocolViolated, "the answer's head is too large");
      default ->
          e.getCause() instanceof ProtocolException
              ? failed(FailureKind.ProtocolViolated, "the answer is no HTTP")
              : failed(FailureKind.ConnectionBroken, "the connection broke");
    };
  }

  private Failed failed(FailureKind kind, String what) {
    return new Failed(kind, destination + ": " + what);
  }
}
