// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceContent;
import io.heal8s.resource.model.ResourceEvent;
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
import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.store.ResourceStore.DeleteResult;
import io.heal8s.resource.store.ResourceStore.UpdateResult;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random operations of eight threads beside each other: six users and two workers. A user holds the
 * lock of a name while it acts on it and compares the answer with a model; the workers know no
 * model, so what they do may fall between any two steps. In the end everything must have come to
 * rest as the model says.
 */
@ExtendWith(PostgresExtension.class)
class StoreModelTest {

  private static final int USERS = 6;
  private static final int WORKERS = 2;
  private static final int STEPS = 150;
  private static final int NAMES = 12;

  /** What a name stands for; guarded by itself. */
  private static final class Entry {
    long id;
    long generation;
    long revision;
    int size;
    boolean deleting;
    final List<Long> gone = new ArrayList<>();

    boolean exists() {
      return id != 0;
    }
  }

  private final Map<String, Entry> model = new ConcurrentHashMap<>();
  private final Map<Long, Work> claimed = new ConcurrentHashMap<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private volatile boolean working = true;

  @Test
  void storeAgreesWithTheModel(Database database) throws Exception {
    try (Wakeups wakeups = new Wakeups(database);
        EventPublisher publisher = new EventPublisher(database, wakeups)) {
      Objects.requireNonNull(publisher);
      JdbcResourceStore store = new JdbcResourceStore(database, wakeups, Clock.systemUTC());
      new JdbcResourceTypeStore(database).create(Samples.type("Thing"));
      for (int i = 0; i < NAMES; i++) {
        model.put("name-" + i, new Entry());
      }
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
      await().atMost(Duration.ofSeconds(60)).until(() -> !failures.isEmpty() || isAtRest(store));
      working = false;
      for (Thread worker : workers) {
        worker.join();
      }
      assertThat(failures).isEmpty();
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
      String name = "name-" + random.nextInt(NAMES);
      Entry entry = Objects.requireNonNull(model.get(name));
      synchronized (entry) {
        switch (random.nextInt(6)) {
          case 0, 1 -> create(store, name, entry);
          case 2 -> update(store, entry, random.nextInt(3), null);
          case 3 -> update(store, entry, random.nextInt(3), entry.revision + random.nextInt(2));
          case 4 -> delete(store, entry);
          default -> find(store, entry);
        }
      }
    }
  }

  private static void create(JdbcResourceStore store, String name, Entry entry) {
    CreateResult result = store.create(Samples.resource(name, "instant"));
    switch (result) {
      case CreateResult.Created(Resource resource) -> {
        assertThat(!entry.exists() || entry.deleting).as("the name was free").isTrue();
        if (entry.exists()) {
          entry.gone.add(entry.id);
        }
        entry.id = resource.id();
        entry.generation = 1;
        entry.revision = 1;
        entry.size = 1;
        entry.deleting = false;
      }
      case CreateResult.NameTaken() -> assertThat(entry.exists()).as("somebody has it").isTrue();
      case CreateResult.NoSuchType() -> throw new AssertionError("the type is there");
    }
  }

  private static void update(
      JdbcResourceStore store, Entry entry, int size, @Nullable Long expectedRevision) {
    UpdateResult result =
        store.update(
            entry.id,
            new ResourceContent(
                Samples.json("{\"size\": " + size + "}"),
                Samples.json("{}"),
                Samples.json("{}"),
                io.heal8s.resource.model.Approval.AUTOMATIC),
            expectedRevision);
    if (!entry.exists() || entry.deleting) {
      assertThat(result)
          .isInstanceOfAny(
              UpdateResult.NotFound.class,
              UpdateResult.BeingDeleted.class,
              UpdateResult.Conflict.class);
    } else if (expectedRevision != null && expectedRevision != entry.revision) {
      assertThat(result).isInstanceOf(UpdateResult.Conflict.class);
    } else if (size == entry.size) {
      assertThat(result).isInstanceOf(UpdateResult.Unchanged.class);
    } else {
      assertThat(result).isInstanceOf(UpdateResult.Updated.class);
      entry.generation++;
      entry.revision++;
      entry.size = size;
      assertThat(((UpdateResult.Updated) result).resource().generation())
          .isEqualTo(entry.generation);
    }
  }

  private static void delete(JdbcResourceStore store, Entry entry) {
    DeleteResult result = store.delete(entry.id, null);
    if (!entry.exists()) {
      assertThat(result).isInstanceOf(DeleteResult.NotFound.class);
    } else if (entry.deleting) {
      assertThat(result)
          .isInstanceOfAny(DeleteResult.AlreadyMarked.class, DeleteResult.NotFound.class);
    } else {
      assertThat(result).isInstanceOf(DeleteResult.Marked.class);
      entry.deleting = true;
      entry.revision++;
    }
  }

  private static void find(JdbcResourceStore store, Entry entry) {
    Optional<Resource> found = store.find(entry.id);
    if (!entry.exists()) {
      assertThat(found).isEmpty();
    } else if (!entry.deleting) {
      Resource resource = found.orElseThrow();
      assertThat(resource.generation()).isEqualTo(entry.generation);
      assertThat(resource.revision()).isEqualTo(entry.revision);
      assertThat(resource.spec().get("size").asInt()).isEqualTo(entry.size);
      assertThat(resource.observedGeneration()).isLessThanOrEqualTo(entry.generation);
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
    return model.values().stream()
        .allMatch(
            entry -> {
              Optional<Resource> found = store.find(entry.id);
              return !entry.exists() || entry.deleting
                  ? found.isEmpty()
                  : found
                      .filter(each -> each.status() == ResourceStatus.READY)
                      .filter(each -> each.observedGeneration() == entry.generation)
                      .isPresent();
            });
  }

  private void checkHistoryAndEvents(JdbcResourceStore store, JdbcEventLog log) {
    for (Entry entry : model.values()) {
      if (entry.exists()) {
        List<Long> generations =
            store.history(entry.id, 1000, null).reversed().stream()
                .map(HistoryEntry::generation)
                .toList();
        assertThat(generations).isSorted();
        if (!entry.deleting) {
          assertThat(generations).last().isEqualTo(entry.generation);
        }
      }
      entry.gone.forEach(id -> assertThat(store.history(id, 1000, null)).isNotEmpty());
    }
    Set<Long> gone = ConcurrentHashMap.newKeySet();
    model.values().forEach(entry -> gone.addAll(entry.gone));
    await()
        .untilAsserted(
            () -> {
              List<ResourceEvent> events = log.read(0, EventLog.Filter.ALL, 10_000).events();
              for (long id : gone) {
                List<EventType> types =
                    events.stream()
                        .filter(event -> event.resourceId() == id)
                        .map(ResourceEvent::type)
                        .toList();
                assertThat(types).first().isEqualTo(EventType.CREATED);
                assertThat(types).last().isEqualTo(EventType.DELETED);
              }
            });
  }
}
