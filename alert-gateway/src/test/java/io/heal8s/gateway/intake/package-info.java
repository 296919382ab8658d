// SPDX-License-Identifier: Apache-2.0
/**
 * What becomes of deliveries, on an API server of plain Java and on a real one. States of the world
 * are compared, never calls. Time is a value that tests set.
 */
@NullMarked
package io.heal8s.gateway.intake;

import org.jspecify.annotations.NullMarked;
