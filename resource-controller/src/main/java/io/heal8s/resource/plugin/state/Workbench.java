// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.state;

/**
 * All that a plugin needs to run a program with a state.
 *
 * @param access where the program finds its state
 * @param plans plans that were made and not yet applied
 * @param runs what runs, or ran last
 */
public record Workbench(StateAccess access, SavedPlans plans, ProgramRuns runs) {}
