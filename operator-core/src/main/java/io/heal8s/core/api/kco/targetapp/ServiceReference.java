// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

/**
 * A Service of the TargetApp's namespace.
 *
 * @param name its name
 */
public record ServiceReference(String name) {}
