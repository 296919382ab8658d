// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code TargetApp} of group {@code operator.kco.local}: an application whose state is asked
 * for through GraphQL, and what to do when it changes. The CRD in {@code charts/crds} is the
 * contract; these records mirror it field by field. Everything optional is null when not set.
 */
@NullMarked
package io.heal8s.core.api.kco.targetapp;

import org.jspecify.annotations.NullMarked;
