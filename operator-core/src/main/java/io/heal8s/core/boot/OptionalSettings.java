// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

/**
 * Settings that are bound only where something is switched on. As a bean it says that their names
 * are known all the same, so that what is prepared for it does not end the start without it.
 *
 * @param type record with {@code @ConfigurationProperties}
 */
public record OptionalSettings(Class<?> type) {}
