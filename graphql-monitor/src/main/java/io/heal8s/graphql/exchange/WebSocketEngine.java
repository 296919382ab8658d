// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.handshake.HandshakeImpl1Client;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.protocols.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket protocol (RFC 6455) over a connection that somebody else opens and reads: bytes go
 * in, whole texts come out. The library's own client would resolve the name itself and keep two
 * platform threads for each connection. Used by one thread at a time.
 */
final class WebSocketEngine extends WebSocketAdapter {

  /**
   * How it ended.
   *
   * @param code close code of RFC 6455, or the library's own below zero
   * @param reason words of the other side or of the library
   * @param byPeer whether the other side ended it
   */
  record End(int code, String reason, boolean byPeer) {}

  private final OutputStream out;
  private final WebSocketImpl engine;
  private final Queue<String> texts = new ArrayDeque<>();
  private boolean open;
  private @Nullable End end;
  private @Nullable IOException unsent;

  /**
   * @param subprotocol the only one that is spoken
   * @param maxBytes largest message, whole or in fragments
   */
  WebSocketEngine(OutputStream out, String subprotocol, int maxBytes) {
    this.out = out;
    this.engine =
        new WebSocketImpl(
            this, new Draft_6455(List.of(), List.of(new Protocol(subprotocol)), maxBytes));
  }

  void handshake(String authority, String path, Map<String, String> headers) throws IOException {
    HandshakeImpl1Client request = new HandshakeImpl1Client();
    request.setResourceDescriptor(path);
    request.put("Host", authority);
    headers.forEach(request::put);
    try {
      engine.startHandshake(request);
    } catch (InvalidDataException impossible) {
      throw new IOException("no handshake", impossible);
    }
    throwUnsent();
  }

  /** Takes bytes in. */
  void received(byte[] bytes) throws IOException {
    engine.decode(ByteBuffer.wrap(bytes));
    throwUnsent();
  }

  void send(String text) throws IOException {
    if (engine.isOpen()) {
      engine.send(text);
    }
    throwUnsent();
  }

  boolean isOpen() {
    return open;
  }

  @Nullable String nextText() {
    return texts.poll();
  }

  @Nullable End end() {
    return end;
  }

  private void throwUnsent() throws IOException {
    if (unsent != null) {
      throw unsent;
    }
  }

  @Override
  public void onWriteDemand(WebSocket socket) {
    try {
      for (ByteBuffer next = engine.outQueue.poll(); next != null; next = engine.outQueue.poll()) {
        byte[] bytes = new byte[next.remaining()];
        next.get(bytes);
        out.write(bytes);
      }
      out.flush();
    } catch (IOException broken) {
      unsent = broken;
    }
  }

  @Override
  public void onWebsocketOpen(WebSocket socket, Handshakedata handshake) {
    open = true;
  }

  @Override
  public void onWebsocketMessage(WebSocket socket, String text) {
    texts.add(text);
  }

  @Override
  public void onWebsocketMessage(WebSocket socket, ByteBuffer blob) {
    ended(1003, "binary data", false);
  }

  @Override
  public void onWebsocketClosing(WebSocket socket, int code, String reason, boolean byPeer) {
    ended(code, reason, byPeer);
  }

  @Override
  public void onWebsocketCloseInitiated(WebSocket socket, int code, String reason) {
    ended(code, reason, false);
  }

  @Override
  public void onWebsocketClose(WebSocket socket, int code, String reason, boolean byPeer) {
    ended(code, reason, byPeer);
  }

  @Override
  public void onWebsocketError(WebSocket socket, Exception error) {
    ended(1002, "protocol error", false);
  }

  private void ended(int code, @Nullable String reason, boolean byPeer) {
    if (end == null) {
      end = new End(code, reason == null ? "" : reason, byPeer);
    }
  }

  @Override
  public @Nullable InetSocketAddress getLocalSocketAddress(WebSocket socket) {
    return null;
  }

  @Override
  public @Nullable InetSocketAddress getRemoteSocketAddress(WebSocket socket) {
    return null;
  }
}
