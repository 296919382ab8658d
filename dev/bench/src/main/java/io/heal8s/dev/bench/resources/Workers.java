// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** A number of connections to one service, each used by one sender at a time. */
final class Workers {

  /** As many as the figures are given for. */
  static final int CONNECTIONS = 16;

  private final int port;

  Workers(int port) {
    this.port = port;
  }

  /** One request; the number is never given twice. */
  @FunctionalInterface
  interface Request {
    void send(KeptConnection connection, int number) throws IOException;
  }

  /**
   * What was measured.
   *
   * @param perSecond answers per second, of all together
   * @param count answers
   * @param p99Ms 99th percentile of the time from the request to its answer
   */
  record Rate(double perSecond, int count, double p99Ms) {}

  /** Sends as fast as the answers come. */
  Rate flatOut(Duration time, Request request) throws InterruptedException {
    AtomicInteger numbers = new AtomicInteger();
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    List<long[]> waits =
        all(
            connection -> {
              List<Long> own = new ArrayList<>();
              while (System.nanoTime() < end) {
                long sent = System.nanoTime();
                request.send(connection, numbers.getAndIncrement());
                own.add(System.nanoTime() - sent);
              }
              return own.stream().mapToLong(Long::longValue).toArray();
            });
    return rate(waits, System.nanoTime() - begin);
  }

  /** Sends so many in all, as fast as the answers come. */
  Rate all(int count, Request request) throws InterruptedException {
    AtomicInteger numbers = new AtomicInteger();
    long begin = System.nanoTime();
    List<long[]> waits =
        all(
            connection -> {
              List<Long> own = new ArrayList<>();
              for (int next = numbers.getAndIncrement();
                  next < count;
                  next = numbers.getAndIncrement()) {
                long sent = System.nanoTime();
                request.send(connection, next);
                own.add(System.nanoTime() - sent);
              }
              return own.stream().mapToLong(Long::longValue).toArray();
            });
    return rate(waits, System.nanoTime() - begin);
  }

  /**
   * Writes at even intervals until told to stop; a late end makes the next ones wait.
   *
   * @param writers how many write beside each other: a write that takes long leaves the pace to the
   *     others
   */
  static Rate paced(int writers, int perSecond, BooleanSupplier goesOn, IntConsumer write)
      throws InterruptedException {
    AtomicInteger numbers = new AtomicInteger();
    long begin = System.nanoTime();
    List<long[]> waits =
        together(
            writers,
            () -> {
              List<Long> own = new ArrayList<>();
              while (goesOn.getAsBoolean()) {
                int number = numbers.getAndIncrement();
                long due = begin + number * 1_000_000_000L / perSecond;
                for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                  LockSupport.parkNanos(due - now);
                }
                write.accept(number);
                own.add(System.nanoTime() - due);
              }
              return own.stream().mapToLong(Long::longValue).toArray();
            });
    return rate(waits, System.nanoTime() - begin);
  }

  @FunctionalInterface
  private interface Sender {
    long[] run(KeptConnection connection) throws IOException;
  }

  private List<long[]> all(Sender sender) throws InterruptedException {
    return together(
        CONNECTIONS,
        () -> {
          try (KeptConnection connection = new KeptConnection(port)) {
            return sender.run(connection);
          }
        });
  }

  private static List<long[]> together(int count, Callable<long[]> each)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<long[]>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(threads.submit(each));
      }
      List<long[]> results = new ArrayList<>();
      for (Future<long[]> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed: " + e.getCause(), e);
    }
  }

  private static Rate rate(List<long[]> waits, long nanos) {
    long[] sorted = waits.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    double p99 = sorted.length == 0 ? 0 : sorted[(int) (sorted.length * 0.99)] / 1e6;
    return new Rate(sorted.length * 1e9 / nanos, sorted.length, p99);
  }
}
