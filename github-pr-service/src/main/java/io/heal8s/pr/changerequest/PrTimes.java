// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import java.time.Duration;

/**
 * How often this service looks.
 *
 * @param poll pause between two looks at an open pull request
 * @param stalled pause before something that a person must change is tried again unasked
 */
public record PrTimes(Duration poll, Duration stalled) {}
