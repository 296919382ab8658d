// SPDX-License-Identifier: Apache-2.0
/**
 * Golden bodies of real senders and tables of broken ones. What is refused must say where. Nothing
 * of a body may reach the answer.
 */
@NullMarked
package io.heal8s.gateway.source;

import org.jspecify.annotations.NullMarked;
