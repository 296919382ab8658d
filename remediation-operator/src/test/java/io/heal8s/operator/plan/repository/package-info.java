// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of where a plan goes. Everything that an alert or a Remediation could smuggle into a path
 * or a message is tried here. No API server is needed.
 */
@NullMarked
package io.heal8s.operator.plan.repository;

import org.jspecify.annotations.NullMarked;
