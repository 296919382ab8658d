// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Prints what was measured, line by line as it comes. */
final class Table {

  private final PrintStream out;

  Table(PrintStream out) {
    this.out = out;
  }

  /** A step that may take a while. */
  void step(String what) {
    out.println("… " + what);
  }

  /** One figure. */
  void row(String name, double value, String unit) {
    out.println(String.format(Locale.ROOT, "%-38s %12.1f %s", name, value, unit));
  }
}
