// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

/**
 * A plan that waits for a person.
 *
 * @param id what is approved; another plan has another id
 * @param generation that it was made for
 * @param output text of the plugin for the person
 */
public record PendingPlan(String id, long generation, String output) {}
