// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

/**
 * One entry of a Secret of the TargetApp's namespace.
 *
 * @param name name of the Secret
 * @param key key in its data
 */
public record SecretKey(String name, String key) {}
