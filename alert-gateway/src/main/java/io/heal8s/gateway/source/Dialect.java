// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

import io.heal8s.gateway.intent.IncomingAlert.Status;

/**
 * How a sender's format differs from the others.
 *
 * @param sourceName what {@code spec.alert.source} says
 * @param missingStatus what an alert without a status means
 */
public record Dialect(String sourceName, Status missingStatus) {}
