// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.operator.intent.WebhookCall;

/** Calls webhooks. */
@FunctionalInterface
public interface WebhookSender {

  /**
   * Calls once; blocks for at most the call's timeout.
   *
   * @param namespace of the object that asks: its own Services may be called
   * @param key the same for every try of one delivery
   */
  Reply send(WebhookCall call, String namespace, String body, String key);

  /** What came of it. No message holds anything of the answer's body. */
  sealed interface Reply {

    /** The other side answered, whatever the status. */
    record Answered(int status) implements Reply {}

    /** Nobody was called, and nobody will be until somebody changes something. */
    record Refused(String message) implements Reply {}

    /** No answer came this time. */
    record Failed(String message) implements Reply {}
  }
}
