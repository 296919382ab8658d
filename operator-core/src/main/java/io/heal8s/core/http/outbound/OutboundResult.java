// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What became of a request. */
public sealed interface OutboundResult {
  /**
   * The other side answered, whatever the status; a redirect is an answer like any other.
   *
   * @param status HTTP status code
   * @param headers values by lower-case name, for rate limits, entity tags and the like
   * @param body the answer; empty if there was none
   */
  record Response(int status, Map<String, List<String>> headers, ResponseBody body)
      implements OutboundResult {
    /** Copies the headers. */
    public Response {
      headers = Map.copyOf(headers);
    }

    /**
     * The first value of a header.
     *
     * @param name any case
     * @return empty if there is none
     */
    public Optional<String> header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }
  }

  /**
   * We did not connect, and will not until somebody changes something.
   *
   * @param reason which rule
   * @param message what to change
   */
  record Refused(RefusalReason reason, String message) implements OutboundResult {}

  /**
   * It did not work this time.
   *
   * @param kind what happened
   * @param message scheme, host, port and what happened; nothing of what was received
   */
  record Failed(FailureKind kind, String message) implements OutboundResult {}

  /** Rules that a request may break. */
  enum RefusalReason {
    /** Relative, opaque, with user name and password, or with a host that is none. */
    BadUri,
    /** The scheme is not on the list. */
    SchemeNotAllowed,
    /** The port is not on the list. */
    PortNotAllowed,
    /** The address, or one of those that the name stands for, is not public and not on the list. */
    AddressNotAllowed,
    /** Not one of the usual methods. */
    MethodNotAllowed,
    /** A header that is ours to set, or that breaks the request apart. */
    HeaderNotAllowed
  }

  /** What can happen on the way. */
  enum FailureKind {
    /** The name stands for no address. */
    NameNotResolved,
    /** Nobody listens there, or the network does not lead there. */
    ConnectFailed,
    /** The certificate is not trusted or not for that name, or the handshake broke. */
    TlsFailed,
    /** The time was over. */
    TimedOut,
    /** The answer was larger than allowed. */
    ResponseTooLarge,
    /** The answer was no HTTP. */
    ProtocolViolated,
    /** The connection broke. */
    ConnectionBroken,
    /** Our thread was interrupted, or the client is closed. */
    Interrupted
  }
}
