// SPDX-License-Identifier: Apache-2.0
/** Tests of this package. */
@NullMarked
package io.heal8s.resource.rest;

import org.jspecify.annotations.NullMarked;
