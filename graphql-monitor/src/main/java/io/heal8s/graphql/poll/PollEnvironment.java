// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.endpoint.EndpointFinder;
import io.heal8s.graphql.exchange.GraphQlClient;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What the monitors of one process share.
 *
 * @param executor runs one turn as one task: virtual threads
 * @param requestsPerMinute of one app, repeated ones included
 */
public record PollEnvironment(
    Clock clock,
    Scheduler scheduler,
    Executor executor,
    RandomGenerator random,
    SetupSource setups,
    EndpointFinder endpoints,
    GraphQlClient client,
    AppObserver observer,
    AppMetrics metrics,
    PollTimes times,
    int requestsPerMinute) {}
