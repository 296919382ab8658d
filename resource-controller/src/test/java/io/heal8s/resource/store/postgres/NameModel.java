// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.store.postgres.Call.Answer;
import io.heal8s.resource.store.postgres.Call.Ask;
import io.heal8s.resource.store.postgres.Call.Seen;
import io.heal8s.resource.store.postgres.Call.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one name behaves when one after the other acts on it. */
final class NameModel {

  /** The finalizer of the plugin, which its destroy takes away. */
  static final String PLUGIN = "instant";

  private NameModel() {}

  /** What it may be after that answer; empty where that answer is wrong. */
  static Stream<Optional<Seen>> after(Optional<Seen> now, Ask ask, Answer answer) {
    return switch (ask) {
      case Ask.Create() -> created(now, answer);
      case Ask.Update update ->
          of(now, update.id()).isEmpty() ? none(now, answer) : updated(now.get(), update, answer);
      case Ask.Delete delete ->
          of(now, delete.id()).isEmpty() ? none(now, answer) : deleted(now.get(), delete, answer);
      case Ask.Finalizers change ->
          of(now, change.id()).isEmpty() ? none(now, answer) : changed(now.get(), change, answer);
      case Ask.Reconcile(long id) ->
          expect(answer, of(now, id).isEmpty() ? Word.NONE : Word.YES, null, now);
      case Ask.Find(long id) ->
          of(now, id).isEmpty() ? none(now, answer) : expect(answer, Word.YES, now.get(), now);
      case Ask.Listed(String tier) -> {
        Optional<Seen> found = now.filter(seen -> seen.tier().equals(tier));
        yield expect(answer, found.isEmpty() ? Word.NONE : Word.YES, found.orElse(null), now);
      }
    };
  }

  /** What the workers may make of it meanwhile, in any number of steps; itself first. */
  static List<Optional<Seen>> withWorkers(Optional<Seen> now) {
    List<Optional<Seen>> all = new ArrayList<>(List.of(now));
    if (now.isPresent() && now.get().deleting()) {
      Seen destroyed = now.get().without(PLUGIN);
      if (destroyed.finalizers().isEmpty()) {
        all.add(Optional.empty());
      } else if (!destroyed.equals(now.get())) {
        all.add(Optional.of(destroyed));
      }
    }
    return all;
  }

  private static Optional<Seen> of(Optional<Seen> now, long id) {
    return now.filter(seen -> seen.id() == id);
  }

  private static Stream<Optional<Seen>> created(Optional<Seen> now, Answer answer) {
    if (now.isPresent()) {
      return expect(answer, Word.TAKEN, null, now);
    }
    Seen seen = answer.seen();
    return answer.word() == Word.YES
            && seen != null
            && seen.equals(new Seen(seen.id(), 1, 1, 1, "", List.of(PLUGIN), false))
        ? Stream.of(Optional.of(seen))
        : Stream.empty();
  }

  private static Stream<Optional<Seen>> updated(Seen now, Ask.Update update, Answer answer) {
    if (update.revision() != null && update.revision() != now.revision()) {
      return expect(answer, Word.CONFLICT, now, Optional.of(now));
    }
    if (now.deleting()) {
      return expect(answer, Word.DELETING, now, Optional.of(now));
    }
    if (update.size() == now.size() && update.tier().equals(now.tier())) {
      return expect(answer, Word.UNCHANGED, now, Optional.of(now));
    }
    Seen next = now.wanting(update.size(), update.tier());
    return expect(answer, Word.YES, next, Optional.of(next));
  }

  private static Stream<Optional<Seen>> deleted(Seen now, Ask.Delete delete, Answer answer) {
    if (delete.revision() != null && delete.revision() != now.revision()) {
      return expect(answer, Word.CONFLICT, now, Optional.of(now));
    }
    if (now.deleting()) {
      return expect(answer, Word.DELETING, now, Optional.of(now));
    }
    Seen next = now.revised(now.finalizers(), true);
    Stream<Optional<Seen>> marked = expect(answer, Word.YES, next, Optional.of(next));
    // Where nobody has to let go it depends on whether a worker is at it.
    return now.finalizers().isEmpty()
        ? Stream.concat(marked, expect(answer, Word.PURGED, null, Optional.empty()))
        : marked;
  }

  private static Stream<Optional<Seen>> changed(Seen now, Ask.Finalizers change, Answer answer) {
    TreeSet<String> wanted = new TreeSet<>(now.finalizers());
    wanted.addAll(change.add());
    wanted.removeAll(change.remove());
    if (List.copyOf(wanted).equals(now.finalizers())) {
      return expect(answer, Word.YES, now, Optional.of(now));
    }
    Seen next = now.revised(List.copyOf(wanted), now.deleting());
    Stream<Optional<Seen>> kept = expect(answer, Word.YES, next, Optional.of(next));
    return now.deleting() && wanted.isEmpty()
        ? Stream.concat(kept, expect(answer, Word.PURGED, null, Optional.empty()))
        : kept;
  }

  private static Stream<Optional<Seen>> none(Optional<Seen> now, Answer answer) {
    return expect(answer, Word.NONE, null, now);
  }

  private static Stream<Optional<Seen>> expect(
      Answer answer, Word word, @Nullable Seen seen, Optional<Seen> next) {
    return answer.equals(new Answer(word, seen)) ? Stream.of(next) : Stream.empty();
  }
}
