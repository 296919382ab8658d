// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.LabelRequirement;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceEvent;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.WorkStore.ClaimRequest;
import io.heal8s.resource.reconcile.decision.Backoff;
import io.heal8s.resource.reconcile.decision.Completion;
import io.heal8s.resource.reconcile.decision.OnUnknown;
import io.heal8s.resource.reconcile.decision.RunAnswer;
import io.heal8s.resource.reconcile.decision.RunDecider;
import io.heal8s.resource.reconcile.decision.RunIntent;
import io.heal8s.resource.reconcile.decision.RunPolicy;
import io.heal8s.resource.reconcile.decision.Work;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.postgres.Call.Answer;
import io.heal8s.resource.store.postgres.Call.Ask;
import io.heal8s.resource.store.postgres.Call.Seen;
import io.heal8s.resource.store.postgres.Call.Word;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random operations of eight threads beside each other: six users, who race on four names, and two
 * workers. Afterwards the answers that users got must be those of some order of their calls, with
 * the workers' purges anywhere between them, and in the end everything must have come to rest.
 */
@ExtendWith(PostgresExtension.class)
class StoreModelTest {

  private static final int USERS = 6;
  private static final int WORKERS = 2;
  private static final int STEPS = 150;
  private static final int NAMES = 4;
  private static final String OTHER = "billing";
  private static final List<String> TIERS = List.of("", "gold", "silver");

  private final List<RacedName> entries =
      IntStream.range(0, NAMES).mapToObj(i -> new RacedName("name-" + i)).toList();
  private final Map<Long, Work> claimed = new ConcurrentHashMap<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private volatile boolean working = true;

  @Test
  void answersAreThoseOfSomeOrder(Database database) throws Exception {
    try (Wakeups wakeups = new Wakeups(database);
        EventPublisher publisher = new EventPublisher(database, wakeups)) {
      Objects.requireNonNull(publisher);
      JdbcResourceStore store = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
      new JdbcResourceTypeStore(database).create(Samples.type("Thing"));
      List<Thread> users = new ArrayList<>();
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < USERS; i++) {
        Random random = new Random(i);
        users.add(start(() -> use(store, random)));
      }
      for (int i = 0; i < WORKERS; i++) {
        JdbcWorkStore work = new JdbcWorkStore(database, wakeups, Clock.systemUTC(), "test");
        workers.add(start(() -> work(work)));
      }
      for (Thread user : users) {
        user.join();
      }
      entries.forEach(entry -> entry.finalizers(store, Set.of(), Set.of(OTHER)));
      await().atMost(Duration.ofSeconds(60)).until(() -> !failures.isEmpty() || isAtRest(store));
      working = false;
      for (Thread worker : workers) {
        worker.join();
      }
      entries.forEach(entry -> entry.find(store));
      assertThat(failures).isEmpty();
      for (RacedName entry : entries) {
        assertThat(Linearization.problem(entry.calls())).as(entry.name()).isEmpty();
      }
      checkThatTheyRaced();
      checkHistoryAndEvents(store, new JdbcEventLog(database, wakeups));
    }
  }

  private Thread start(Runnable task) {
    Thread thread = Thread.ofVirtual().unstarted(task);
    thread.setUncaughtExceptionHandler((_, failure) -> failures.add(failure));
    thread.start();
    return thread;
  }

  private void use(JdbcResourceStore store, Random random) {
    for (int step = 0; step < STEPS && failures.isEmpty(); step++) {
      RacedName entry = entries.get(random.nextInt(NAMES));
      long seen = entry.revision() + random.nextInt(2);
      switch (random.nextInt(12)) {
        case 0, 1 -> entry.create(store);
        case 2, 3 -> entry.update(store, random.nextInt(3), TIERS.get(random.nextInt(3)), null);
        case 4, 5 -> entry.update(store, random.nextInt(3), TIERS.get(random.nextInt(3)), seen);
        case 6 -> entry.delete(store, random.nextBoolean() ? seen : null);
        case 7 -> entry.finalizers(store, Set.of(OTHER), Set.of());
        case 8 ->
            entry.finalizers(
                store, Set.of(), Set.of(random.nextBoolean() ? OTHER : NameModel.PLUGIN));
        case 9 -> entry.reconcile(store);
        case 10 -> list(store, TIERS.get(1 + random.nextInt(2)));
        default -> entry.find(store);
      }
    }
  }

  /** One look, which says something of each name. */
  private void list(JdbcResourceStore store, String tier) {
    LabelRequirement label =
        new LabelRequirement("tier", LabelRequirement.Operator.IN, List.of(tier));
    long from = System.nanoTime();
    List<Resource> found =
        store.list(
            new ResourceQuery(null, null, null, null, null, List.of(label), null, 100, null));
    long until = System.nanoTime();
    for (RacedName entry : entries) {
      Answer answer =
          found.stream()
              .filter(each -> each.name().equals(entry.name()))
              .findFirst()
              .map(each -> Answer.of(Word.YES, each))
              .orElse(Answer.of(Word.NONE));
      entry.heard(new Call(new Ask.Listed(tier), answer, from, until));
    }
  }

  private void work(JdbcWorkStore store) {
    UUID instance = UUID.randomUUID();
    store.register(instance, Duration.ofMinutes(5));
    while (working && failures.isEmpty()) {
      List<Work> claims = store.claim(new ClaimRequest(instance, 4, Set.of(), Set.of())).work();
      for (Work each : claims) {
        assertThat(claimed.putIfAbsent(each.resourceId(), each))
            .as("a claim is nobody else's")
            .isNull();
      }
      claims.forEach(each -> claimed.remove(each.resourceId()));
      if (!claims.isEmpty()) {
        assertThat(store.record(claims.stream().map(StoreModelTest::carriedOut).toList()))
            .as("claims that were lost")
            .isEmpty();
      }
    }
    store.deregister(instance);
  }

  private static Completion carriedOut(Work work) {
    RunDecider decider =
        new RunDecider(
            work,
            new RunPolicy(Set.of(), OnUnknown.HOLD, Backoff.DEFAULT, Duration.ofMinutes(5)),
            0.5);
    RunIntent intent = decider.first(Instant.now());
    while (true) {
      switch (intent) {
        case RunIntent.End(Completion completion) -> {
          return completion;
        }
        case RunIntent.WriteAhead _ -> throw new AssertionError("nothing is written ahead");
        case RunIntent.Ask(RunIntent.Call call, var state) ->
            intent =
                decider.next(
                    state,
                    call == RunIntent.Call.PLAN
                        ? new RunAnswer.Planned(new PlanResult.Changes(""))
                        : new RunAnswer.Stepped(call, new Step.Done(Step.Changes.NONE, null, "")),
                    Instant.now());
      }
    }
  }

  private boolean isAtRest(JdbcResourceStore store) {
    return entries.stream()
        .allMatch(
            entry -> {
              Optional<Resource> found = store.findByName("Thing", "v1", entry.name());
              return found.isEmpty()
                  || (found.get().status() == ResourceStatus.READY
                      && found.get().deletedAt() == null
                      && found.get().observedGeneration() == found.get().generation());
            });
  }

  /** Otherwise nothing would have been tried. */
  private void checkThatTheyRaced() {
    for (RacedName entry : entries) {
      List<Call> calls =
          entry.calls().stream().sorted(Comparator.comparingLong(Call::from)).toList();
      long beside =
          IntStream.range(1, calls.size())
              .filter(i -> calls.get(i).from() < calls.get(i - 1).until())
              .count();
      assertThat(beside).as("calls that began before another had ended").isGreaterThan(20);
    }
    assertThat(
            entries.stream().flatMap(entry -> entry.calls().stream()).map(c -> c.answer().word()))
        .as("everything that can be answered")
        .contains(Word.values());
  }

  private void checkHistoryAndEvents(JdbcResourceStore store, JdbcEventLog log) {
    for (RacedName entry : entries) {
      Set<Long> ids =
          entry.calls().stream()
              .map(call -> call.answer().seen())
              .filter(Objects::nonNull)
              .map(Seen::id)
              .collect(Collectors.toSet());
      for (long id : ids) {
        List<Long> generations =
            store.history(id, 1000, null).reversed().stream()
                .map(HistoryEntry::generation)
                .toList();
        assertThat(generations).isSorted();
        Optional<Resource> found = store.find(id);
        found.ifPresent(now -> assertThat(generations).last().isEqualTo(now.generation()));
        if (found.isEmpty()) {
          await().untilAsserted(() -> checkEvents(log, id));
        }
      }
    }
  }

  private static void checkEvents(JdbcEventLog log, long id) {
    List<EventType> types =
        log.read(0, EventLog.Filter.ALL, 10_000).events().stream()
            .filter(event -> event.resourceId() == id)
            .map(ResourceEvent::type)
            .toList();
    assertThat(types).first().isEqualTo(EventType.CREATED);
    assertThat(types).last().isEqualTo(EventType.DELETED);
  }
}
