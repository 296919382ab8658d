// SPDX-License-Identifier: Apache-2.0
/**
 * What the charts promise: the definitions agree with the records, the admission policies refuse
 * what they must, and each service gets the rights it needs and no others. Rendered by the real
 * helm and judged by a real API server. Nothing here knows how a service works inside.
 */
@NullMarked
package io.heal8s.e2e.charts;

import org.jspecify.annotations.NullMarked;
