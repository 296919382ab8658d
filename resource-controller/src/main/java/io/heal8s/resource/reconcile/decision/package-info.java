// SPDX-License-Identifier: Apache-2.0
/**
 * Judgement of the reconcile loop: what to do with a claimed resource and when to look again. Every
 * decision is a function of the row, the plugin's answer and the time. The tables of cases beside
 * it are the specification.
 */
@NullMarked
package io.heal8s.resource.reconcile.decision;

import org.jspecify.annotations.NullMarked;
