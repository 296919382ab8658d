// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of RestartWorkload: one restart for one Remediation, however often it is planned. The plan
 * that comes out is judged, not how it is made. No API server is needed.
 */
@NullMarked
package io.heal8s.operator.plan.restartworkload;

import org.jspecify.annotations.NullMarked;
