// SPDX-License-Identifier: Apache-2.0
/**
 * Grafana's webhook contact point: Alertmanager's shape with further fields (values, dashboard and
 * panel addresses), which stay in the payload. The labels that name a workload come from the rule's
 * own query. Alerts about a failing data source have an alert name of their own and match no route.
 */
@NullMarked
package io.heal8s.gateway.source.grafana;

import org.jspecify.annotations.NullMarked;
