// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Does one thing for each of many, some beside each other. Those that are about the same follow
 * each other in their order.
 *
 * @param atOnce so many at the same time at most
 */
record BulkRun(int atOnce) {

  /** One of many, and where its result belongs. */
  private record Numbered<I>(int index, I item) {}

  /**
   * Returns the results in the order of the items. What the work throws ends it: what is under way
   * is waited for, and nothing else is begun.
   *
   * @param about equal for those that follow each other
   * @param work runs on other threads than this one
   */
  <I, K, O> List<O> all(List<I> items, Function<I, K> about, Function<I, O> work) {
    Map<K, List<Numbered<I>>> groups = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      groups
          .computeIfAbsent(about.apply(items.get(i)), _ -> new ArrayList<>())
          .add(new Numbered<>(i, items.get(i)));
    }
    Queue<List<Numbered<I>>> waiting = new ConcurrentLinkedQueue<>(groups.values());
    Map<Integer, O> results = new ConcurrentHashMap<>();
    Callable<Boolean> worker =
        () -> {
          try {
            for (List<Numbered<I>> group = waiting.poll(); group != null; group = waiting.poll()) {
              group.forEach(each -> results.put(each.index(), work.apply(each.item())));
            }
            return true;
          } finally {
            // There is nothing in it, unless the work threw.
            waiting.clear();
          }
        };
    runAll(Collections.nCopies(Math.min(atOnce, groups.size()), worker));
    return IntStream.range(0, items.size())
        .mapToObj(index -> Objects.requireNonNull(results.get(index)))
        .toList();
  }

  private static void runAll(List<Callable<Boolean>> workers) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : threads.invokeAll(workers)) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before all were done", e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RuntimeException failure -> failure;
        case Error error -> throw error;
        case null, default -> new IllegalStateException(e);
      };
    }
  }
}
