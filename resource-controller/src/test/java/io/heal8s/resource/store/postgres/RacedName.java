// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceContent;
import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.store.ResourceStore.DeleteResult;
import io.heal8s.resource.store.ResourceStore.FinalizerResult;
import io.heal8s.resource.store.ResourceStore.UpdateResult;
import io.heal8s.resource.store.postgres.Call.Answer;
import io.heal8s.resource.store.postgres.Call.Ask;
import io.heal8s.resource.store.postgres.Call.Seen;
import io.heal8s.resource.store.postgres.Call.Word;
import io.heal8s.resource.testing.Samples;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A name that many act on at once. Each acts on the newest resource of that name that anybody has
 * seen; it may be gone by then. Questions and answers are kept.
 */
final class RacedName {

  private final String name;
  private final AtomicLong id = new AtomicLong();
  private final AtomicLong revision = new AtomicLong();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  RacedName(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** One that somebody saw. */
  long revision() {
    return revision.get();
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  void heard(Call call) {
    calls.add(call);
  }

  private void ask(Ask ask, Supplier<Answer> question) {
    long from = System.nanoTime();
    Answer answer = question.get();
    calls.add(new Call(ask, answer, from, System.nanoTime()));
    Seen seen = answer.seen();
    if (seen != null) {
      id.accumulateAndGet(seen.id(), Math::max);
      revision.set(seen.revision());
    }
  }

  void create(JdbcResourceStore store) {
    ask(
        new Ask.Create(),
        () ->
            switch (store.create(Samples.resource(name, NameModel.PLUGIN))) {
              case CreateResult.Created(Resource resource) -> Answer.of(Word.YES, resource);
              case CreateResult.NameTaken() -> Answer.of(Word.TAKEN);
              case CreateResult.NoSuchType() -> throw new AssertionError("the type is there");
            });
  }

  void update(JdbcResourceStore store, int size, String tier, @Nullable Long revision) {
    long target = id.get();
    ResourceContent content =
        new ResourceContent(
            Samples.json("{\"size\": " + size + "}"),
            Samples.json("{}"),
            Samples.json(tier.isEmpty() ? "{}" : "{\"labels\": {\"tier\": \"" + tier + "\"}}"),
            Approval.AUTOMATIC);
    ask(
        new Ask.Update(target, size, tier, revision),
        () ->
            switch (store.update(target, content, revision)) {
              case UpdateResult.Updated(Resource now) -> Answer.of(Word.YES, now);
              case UpdateResult.Unchanged(Resource now) -> Answer.of(Word.UNCHANGED, now);
              case UpdateResult.Conflict(Resource now) -> Answer.of(Word.CONFLICT, now);
              case UpdateResult.BeingDeleted(Resource now) -> Answer.of(Word.DELETING, now);
              case UpdateResult.NotFound() -> Answer.of(Word.NONE);
            });
  }

  void delete(JdbcResourceStore store, @Nullable Long revision) {
    long target = id.get();
    ask(
        new Ask.Delete(target, revision),
        () ->
            switch (store.delete(target, revision)) {
              case DeleteResult.Marked(Resource now) -> Answer.of(Word.YES, now);
              case DeleteResult.AlreadyMarked(Resource now) -> Answer.of(Word.DELETING, now);
              case DeleteResult.Conflict(Resource now) -> Answer.of(Word.CONFLICT, now);
              case DeleteResult.Purged() -> Answer.of(Word.PURGED);
              case DeleteResult.NotFound() -> Answer.of(Word.NONE);
            });
  }

  void finalizers(JdbcResourceStore store, Set<String> add, Set<String> remove) {
    long target = id.get();
    ask(
        new Ask.Finalizers(target, add, remove),
        () ->
            switch (store.changeFinalizers(target, add, remove)) {
              case FinalizerResult.Changed(Resource now) -> Answer.of(Word.YES, now);
              case FinalizerResult.Purged() -> Answer.of(Word.PURGED);
              case FinalizerResult.NotFound() -> Answer.of(Word.NONE);
            });
  }

  void reconcile(JdbcResourceStore store) {
    long target = id.get();
    ask(
        new Ask.Reconcile(target),
        () -> Answer.of(store.requestReconcile(target) ? Word.YES : Word.NONE));
  }

  void find(JdbcResourceStore store) {
    long target = id.get();
    ask(
        new Ask.Find(target),
        () ->
            store
                .find(target)
                .map(found -> Answer.of(Word.YES, found))
                .orElse(Answer.of(Word.NONE)));
  }
}
