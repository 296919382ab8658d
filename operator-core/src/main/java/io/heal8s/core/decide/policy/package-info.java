// SPDX-License-Identifier: Apache-2.0
/**
 * What the cluster's and a namespace's RemediationPolicy mean together. A namespace can only
 * tighten what the cluster allows. Detectors read routes here, the operator all else.
 */
@NullMarked
package io.heal8s.core.decide.policy;

import org.jspecify.annotations.NullMarked;
