// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.git;

import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.input.document.Rounds;
import io.heal8s.resource.plugin.input.document.WholeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** One look at the repository; used by one thread. */
final class GitRound implements Rounds.Round {

  private final GitSource source;
  private final InputSink sink;
  private final InstantSource clock;

  private @Nullable ObjectId laid;
  private Instant laidAt = Instant.MIN;
  private List<String> problems = List.of();

  GitRound(GitSource source, InputSink sink, InstantSource clock) {
    this.source = source;
    this.sink = sink;
    this.clock = clock;
  }

  @Override
  public List<String> once() {
    try {
      Instant now = clock.instant();
      boolean due =
          !problems.isEmpty()
              || laid == null
              || Duration.between(laidAt, now).compareTo(source.resync()) >= 0;
      if (due || !new Remote(source).head().equals(laid)) {
        // Where another process is at it, the next round looks again.
        sink.alone(source.source(), () -> lay(now));
      }
      return problems;
    } catch (IOException | JGitInternalException e) {
      problems = List.of(unreadable(e));
      return problems;
    }
  }

  /** Reads when it is our turn, so that a newer commit is never followed by an older one. */
  private void lay(Instant now) {
    try (Checkout checkout = new Checkout(source)) {
      Checkout.Contents contents = checkout.read();
      problems = new WholeSource(sink, source.source(), true).lay(contents.sheets()).problems();
      laid = contents.commit();
      laidAt = now;
    } catch (IOException | JGitInternalException e) {
      problems = List.of(unreadable(e));
    }
  }

  private String unreadable(Exception e) {
    return "%s cannot be read, so nothing is changed: %s"
        .formatted(source.source(), e.getMessage());
  }
}
