// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intent;

import java.time.Duration;

/**
 * When an attempt that did not help may be followed by another.
 *
 * @param retryAfter pause after the end of an attempt
 * @param maxAttempts attempts of one firing of one alert, the first included; 1 to 100
 */
public record Retries(Duration retryAfter, int maxAttempts) {}
