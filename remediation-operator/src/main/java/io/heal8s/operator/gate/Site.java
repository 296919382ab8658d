// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

/**
 * Where this operator runs.
 *
 * @param cluster name of the cluster, part of branch names and causes
 * @param namespace the suite's own namespace
 */
public record Site(String cluster, String namespace) {}
