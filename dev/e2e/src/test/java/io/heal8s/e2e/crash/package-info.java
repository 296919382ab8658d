// SPDX-License-Identifier: Apache-2.0
/**
 * Services that are killed at every recorded step of a Remediation and started again. Whatever the
 * moment, there is one pull request, one change and the right end; where the change does not help,
 * it is taken back once. The services run as processes, since nothing less can be killed.
 */
@NullMarked
package io.heal8s.e2e.crash;

import org.jspecify.annotations.NullMarked;
