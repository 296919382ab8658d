// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application tells its state instead of being asked.
 *
 * @param protocol null only on version skew (a value this build does not know)
 * @param connectionInit entries of the payload of {@code connection_init}; graphql-ws alone has it
 */
public record Subscription(@Nullable Protocol protocol, @Nullable List<Header> connectionInit) {

  /** The entries of the first message's payload, empty when none are set. */
  public List<Header> connectionInitOrEmpty() {
    return connectionInit == null ? List.of() : connectionInit;
  }

  /** How the states are carried. */
  public enum Protocol {
    /** The WebSocket subprotocol {@code graphql-transport-ws}. */
    @SerializedName("graphql-ws")
    GRAPHQL_WS("graphql-ws"),
    /** Server-sent events of one request. */
    @SerializedName("sse")
    SSE("sse");

    private final String wire;

    Protocol(String wire) {
      this.wire = wire;
    }

    /** The word on the wire. */
    @Override
    public String toString() {
      return wire;
    }
  }
}
