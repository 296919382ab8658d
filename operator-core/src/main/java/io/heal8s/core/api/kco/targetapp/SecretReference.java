// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

/**
 * A Secret of the TargetApp's namespace.
 *
 * @param name name of the Secret
 */
public record SecretReference(String name) {}
