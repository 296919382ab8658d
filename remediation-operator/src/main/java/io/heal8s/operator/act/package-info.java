// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's reads and writes. Observers answer what a judgement asks for and hand it over; one
 * executor does what was decided; what they need of the world are the narrow ports in here. Nothing
 * here judges.
 */
@NullMarked
package io.heal8s.operator.act;

import org.jspecify.annotations.NullMarked;
