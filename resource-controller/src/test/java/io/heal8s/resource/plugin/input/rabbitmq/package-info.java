// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin on a real RabbitMQ, Debian's, which is fetched once into the cache of this machine and
 * installed nowhere. Where it cannot be had these tests are skipped and say so.
 */
@NullMarked
package io.heal8s.resource.plugin.input.rabbitmq;

import org.jspecify.annotations.NullMarked;
