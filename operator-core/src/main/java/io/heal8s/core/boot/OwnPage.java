// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

/**
 * A management page that a service answers itself, because the program whose place it takes
 * answered it in words of its own.
 *
 * @param path {@code /healthz}, {@code /readyz} or {@code /metrics}
 */
public record OwnPage(String path) {}
