// SPDX-License-Identifier: Apache-2.0
/**
 * Which pods are restarted, and which of them comes next. Progress is read off the pods and their
 * controllers, so it survives every restart of the operator. Nothing here evicts.
 */
@NullMarked
package io.heal8s.operator.plan.restartpods;

import org.jspecify.annotations.NullMarked;
