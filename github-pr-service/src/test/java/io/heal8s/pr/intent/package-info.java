// SPDX-License-Identifier: Apache-2.0
/** Tests of markers, reasons and our part of status. */
@NullMarked
package io.heal8s.pr.intent;

import org.jspecify.annotations.NullMarked;
