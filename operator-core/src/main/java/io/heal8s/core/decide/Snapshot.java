// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

/**
 * Everything a decision may look at, gathered beforehand and immutable. What was missing is data in
 * it, not an exception.
 */
public interface Snapshot {}
