// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

/**
 * One effect that was decided but not yet done. Each service seals its own intents, so that a new
 * one is a list of compile errors.
 */
public interface Intent {}
