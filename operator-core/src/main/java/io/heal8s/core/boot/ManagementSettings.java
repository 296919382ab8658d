// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The pages for operators of the service, prefix {@code heal8s.management}.
 *
 * @param port of {@code /actuator/*}, {@code /healthz}, {@code /readyz} and {@code /metrics}; 0 for
 *     any free one
 */
@ConfigurationProperties("heal8s.management")
record ManagementSettings(@DefaultValue("8081") int port) {}
