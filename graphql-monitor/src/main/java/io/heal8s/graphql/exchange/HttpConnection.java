// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import io.heal8s.graphql.endpoint.Destination;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one destination, used by one thread at a time. A kept one costs a socket and
 * two small buffers, so that ten thousand of them fit into a small heap: that is why this is
 * HttpCore's connection and not the pool of HttpComponents, which looks at all its connections at
 * every call.
 */
final class HttpConnection implements AutoCloseable {

  private static final Http1Config SMALL =
      Http1Config.custom()
          .setBufferSize(1024)
          .setMaxLineLength(8192)
          .setMaxHeaderCount(64)
          .setMaxEmptyLineCount(2)
          .build();

  private final Destination destination;
  private final Socket socket;
  // The parser must be told of the limits itself; the connection does not hand them on.
  private final DefaultBHttpClientConnection http =
      new DefaultBHttpClientConnection(
          SMALL, null, null, null, null, null, new DefaultHttpResponseParserFactory(SMALL));
  private volatile boolean cut;

  // The encrypted one where the destination is encrypted.
  private Socket spoken;

  /** Monotonic nanoseconds until which the other side promised to keep it open. */
  private long goodUntil = Long.MAX_VALUE;

  private boolean used;

  HttpConnection(Destination destination) {
    this.destination = destination;
    this.socket = new Socket();
    this.spoken = socket;
  }

  /**
   * Connects.
   *
   * @param tls makes the encrypted part; null where the destination is not encrypted
   * @param timeoutMillis at least 1
   */
  void open(@Nullable SSLSocketFactory tls, int timeoutMillis) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(destination.address(), destination.port()), timeoutMillis);
    socket.setSoTimeout(timeoutMillis);
    if (tls == null) {
      http.bind(socket);
      return;
    }
    SSLSocket encrypted =
        (SSLSocket) tls.createSocket(socket, destination.host(), destination.port(), true);
    SSLParameters parameters = encrypted.getSSLParameters();
    // The name, not the address, is what the certificate must be for.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!isAddress(destination.host())) {
      parameters.setServerNames(List.of(new SNIHostName(destination.host())));
    }
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    spoken = encrypted;
    http.bind(encrypted, socket);
  }

  /**
   * How long one read may wait from now on; a kept connection has the time of the request before.
   */
  void readWithin(int timeoutMillis) throws IOException {
    socket.setSoTimeout(timeoutMillis);
  }

  /** What an open connection speaks on, for another protocol than HTTP. */
  Socket socket() {
    return spoken;
  }

  DefaultBHttpClientConnection http() {
    return http;
  }

  Destination destination() {
    return destination;
  }

  /** Whether it was used before, so that the other side may have closed it by now. */
  boolean used() {
    return used;
  }

  /** It goes on living after an answer. */
  void keptUntil(long nanos) {
    used = true;
    goodUntil = nanos;
  }

  /** Whether a request may be sent on it now. */
  boolean usableAt(long nanos) {
    if (cut || nanos >= goodUntil || !http.isOpen()) {
      return false;
    }
    try {
      return !http.isStale();
    } catch (IOException broken) {
      return false;
    }
  }

  /** Ends whatever is under way on it, from any thread. */
  void cutOff() {
    cut = true;
    closeSocket();
  }

  boolean wasCutOff() {
    return cut;
  }

  @Override
  public void close() {
    http.close(CloseMode.IMMEDIATE);
    closeSocket();
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is gone either way.
    }
  }

  private static boolean isAddress(String host) {
    return host.contains(":") || Character.isDigit(host.charAt(host.length() - 1));
  }
}
