// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

/** Why a poll got no state. */
public enum FailureKind {
  /** Nobody listens there, or the network does not lead there. */
  ConnectFailed(true),
  /** The certificate is not trusted or not for that name, or the handshake broke. */
  TlsFailed(false),
  /** The time was over before the last byte. */
  TimedOut(true),
  /** The connection broke in the middle. */
  ConnectionBroken(true),
  /** The answer was no HTTP. */
  ProtocolViolated(false),
  /** The answer is larger than what is read. */
  ResponseTooLarge(false),
  /** The answer is nested more deeply than what is read. */
  ResponseTooDeep(false),
  /** A redirect, which is not followed. */
  Redirected(false),
  /** 429, 502, 503, 504 and other 5xx without a GraphQL answer. */
  ServerFailed(true),
  /** Another status than 2xx without a GraphQL answer. */
  Refused(false),
  /** Something else than JSON, such as a page for people. */
  NotJson(false),
  /** JSON, but no GraphQL answer. */
  NotGraphQl(false),
  /** The server ended the subscription. */
  SubscriptionEnded(true),
  /** The server of a subscription gave no sign of life. */
  SubscriptionSilent(true),
  /** A GraphQL answer with errors and without data. */
  QueryFailed(true),
  /** The server says that the query itself is wrong. */
  QueryInvalid(false);

  private final boolean passing;

  FailureKind(boolean passing) {
    this.passing = passing;
  }

  /** Whether the same request may well succeed within seconds. */
  public boolean mayPass() {
    return passing;
  }
}
