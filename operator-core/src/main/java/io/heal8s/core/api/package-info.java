// SPDX-License-Identifier: Apache-2.0
/**
 * What every kind of ours shares: conditions and references. Records only, no behaviour beyond
 * normalisation. Imports nothing but the JDK, jspecify and object metadata.
 */
@NullMarked
package io.heal8s.core.api;

import org.jspecify.annotations.NullMarked;
