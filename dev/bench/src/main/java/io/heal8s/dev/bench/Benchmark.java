// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import java.util.Map;

/** One benchmark that a person can ask for by name. */
interface Benchmark {

  /**
   * Measures.
   *
   * @param count size: alerts or objects
   * @param table for people
   * @return figures for programs, by name, in order
   */
  Map<String, Object> run(int count, Table table) throws Exception;
}
