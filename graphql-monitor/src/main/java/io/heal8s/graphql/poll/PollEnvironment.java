// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.endpoint.EndpointFinder;
import io.heal8s.graphql.exchange.GraphQlClient;
import io.heal8s.graphql.exchange.SubscriptionClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What the monitors of one process share.
 *
 * @param executor runs one turn as one task: virtual threads
 * @param requestsPerMinute of one app, repeated ones included
 * @param lookAgain after how long an app that cannot be polled as it is, is looked at again
 *     although nothing is known to have changed: for a Secret, which nobody watches
 */
public record PollEnvironment(
    Clock clock,
    Scheduler scheduler,
    Executor executor,
    RandomGenerator random,
    SetupSource setups,
    EndpointFinder endpoints,
    GraphQlClient client,
    SubscriptionClient subscriptions,
    AppObserver observer,
    AppMetrics metrics,
    PollTimes times,
    int requestsPerMinute,
    Duration lookAgain) {}
