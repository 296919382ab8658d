// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Keeps what is submitted until the test runs it, on the test's own thread. */
public final class ManualExecutor implements Executor {

  private final Deque<Runnable> tasks = new ArrayDeque<>();

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
  }

  /** Runs everything that is waiting and all that it submits; returns how many tasks ran. */
  public int runAll() {
    int ran = 0;
    for (Runnable task = poll(); task != null; task = poll()) {
      task.run();
      ran++;
    }
    return ran;
  }

  /** Runs the oldest waiting task. */
  public void runNext() {
    Runnable task = poll();
    if (task == null) {
      throw new AssertionError("nothing to run");
    }
    task.run();
  }

  /** Number of tasks that wait. */
  public synchronized int waiting() {
    return tasks.size();
  }

  private synchronized @Nullable Runnable poll() {
    return tasks.poll();
  }
}
