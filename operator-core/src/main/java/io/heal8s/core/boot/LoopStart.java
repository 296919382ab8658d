// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.util.function.BooleanSupplier;

/**
 * Something that a service begins once it may: a bean of this type is asked after the context is up
 * until it may, and then run once. Whatever loops it starts are stopped with the service.
 *
 * @param name for the log, e.g. {@code operator}
 * @param when whether it may begin, e.g. the caches are whole and this process leads; asked a few
 *     times a second, on a thread that may block; what it throws means not yet
 * @param then begins; runs on a thread that may block
 */
public record LoopStart(String name, BooleanSupplier when, Runnable then) {}
