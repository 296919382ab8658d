// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;

/** What a broken connection is to people; exceptions' own messages may quote what was received. */
final class Breaks {

  private Breaks() {}

  static Answer.Failed explain(HttpConnection connection, Exception broken) {
    if (connection.wasCutOff()) {
      return failed(connection, FailureKind.TimedOut, "no complete answer in time");
    }
    return switch (broken) {
      case SSLException _ -> failed(connection, FailureKind.TlsFailed, "the TLS handshake failed");
      case SocketTimeoutException _ ->
          failed(connection, FailureKind.TimedOut, "no answer in time");
      case ConnectException _, NoRouteToHostException _, PortUnreachableException _ ->
          failed(connection, FailureKind.ConnectFailed, "no connection");
      case HttpException _, MalformedChunkCodingException _, MessageConstraintException _ ->
          failed(connection, FailureKind.ProtocolViolated, "the answer is no HTTP");
      default -> failed(connection, FailureKind.ConnectionBroken, "the connection broke");
    };
  }

  static Answer.Failed failed(HttpConnection connection, FailureKind kind, String what) {
    return new Answer.Failed(kind, connection.destination() + ": " + what, null);
  }
}
