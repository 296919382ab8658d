// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

/**
 * Why a rule stopped a chain.
 *
 * @param reason CamelCase word
 * @param message sentence that says what is wrong and what to change
 */
public record Verdict(Reason reason, String message) {}
