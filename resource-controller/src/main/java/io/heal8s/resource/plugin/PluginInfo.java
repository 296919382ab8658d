// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

/**
 * Who a plugin is.
 *
 * @param name what resources call it: lower-case letters, digits, {@code _} and {@code -}
 * @param version its own version
 * @param apiVersion {@link ActionPlugin#API_VERSION} or {@link InputPlugin#API_VERSION} that it was
 *     compiled with
 */
public record PluginInfo(String name, String version, int apiVersion) {}
