// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import org.jspecify.annotations.Nullable;

/**
 * A header of every request, or an entry of a subscription's first message; exactly one of value
 * and secret is set.
 *
 * @param name its name
 * @param value its value, when it is no secret
 * @param secret where its value is read
 */
public record Header(String name, @Nullable String value, @Nullable SecretKey secret) {}
