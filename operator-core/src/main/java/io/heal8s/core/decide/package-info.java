// SPDX-License-Identifier: Apache-2.0
/**
 * The types in which every controller thinks: a snapshot goes in, a decision of intents and an
 * outcome comes out. Nothing here touches a client, Spring or a clock, so every judgement can be
 * tested as a table of cases.
 */
@NullMarked
package io.heal8s.core.decide;

import org.jspecify.annotations.NullMarked;
