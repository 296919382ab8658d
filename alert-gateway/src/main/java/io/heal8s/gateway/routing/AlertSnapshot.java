// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import io.heal8s.core.decide.Snapshot;
import io.heal8s.gateway.intent.IncomingAlert;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what happens to an alert.
 *
 * @param alert the alert
 * @param rules of the namespace that it names, or of the cluster when it names none
 * @param trace W3C traceparent of the delivery, null when it was not traced
 */
public record AlertSnapshot(IncomingAlert alert, NamespaceRules rules, @Nullable String trace)
    implements Snapshot {}
