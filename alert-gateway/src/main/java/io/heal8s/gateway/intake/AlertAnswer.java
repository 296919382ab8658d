// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.gateway.intent.IncomingAlert;

/**
 * An alert and what became of it.
 *
 * @param alert the alert
 * @param result what became of it
 */
public record AlertAnswer(IncomingAlert alert, Result result) {}
