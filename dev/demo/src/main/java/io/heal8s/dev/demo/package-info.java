// SPDX-License-Identifier: Apache-2.0
/**
 * The main job for a person to watch: an alert becomes a Remediation, a pull request, and a
 * workload seen healthy again. Everything in it is real but the pods, which kwok plays. The
 * scenario is told once in {@code ShopScenario}; the other classes are its cast.
 */
@NullMarked
package io.heal8s.dev.demo;

import org.jspecify.annotations.NullMarked;
