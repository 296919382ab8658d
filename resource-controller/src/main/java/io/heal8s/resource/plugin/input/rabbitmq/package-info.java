// SPDX-License-Identifier: Apache-2.0
/**
 * Resources from messages of a RabbitMQ queue. A message is acknowledged when it is stored; one
 * that can never be stored is moved to a queue of its own with the reason. One that cannot be
 * stored now waits, and goes back to the queue with its connection.
 */
@NullMarked
package io.heal8s.resource.plugin.input.rabbitmq;

import org.jspecify.annotations.NullMarked;
