// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Ids of runs, for log lines: short, and different enough for the life of a process. */
final class RunIds implements Supplier<String> {

  private final RandomGenerator random;

  RunIds(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public synchronized String get() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
