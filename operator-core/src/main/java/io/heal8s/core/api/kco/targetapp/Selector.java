// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pods are the application.
 *
 * @param matchLabels labels that a pod must have, all of them
 */
public record Selector(@Nullable Map<String, String> matchLabels) {}
