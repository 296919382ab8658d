// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What happened when, for a person to watch; milliseconds since the alert was sent. Thread-safe.
 */
final class Timeline {

  private final PrintStream out;
  private final InstantSource clock;
  private Instant zero;

  Timeline(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.zero = clock.instant();
  }

  /** From now on times are counted from here. */
  synchronized void startAt(Instant instant) {
    zero = instant;
  }

  /** A headline without a time. */
  synchronized void headline(String text) {
    out.println();
    out.println(text);
  }

  /** Something that happened now. */
  synchronized void note(String who, String what) {
    long millis = Duration.between(zero, clock.instant()).toMillis();
    out.printf("%9d ms  %-20s %s%n", millis, who, what);
  }

  /** What one of the cast has to tell. */
  Consumer<String> by(String who) {
    return what -> note(who, what);
  }

  /** A block of text, indented. */
  synchronized void block(String text) {
    text.lines().forEach(line -> out.println("               " + line));
  }
}
