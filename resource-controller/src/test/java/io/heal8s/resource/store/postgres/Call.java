// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.Resource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked of a name, and what came back.
 *
 * @param ask the question
 * @param answer the answer
 * @param from when it was sent, in nanoseconds of this process
 * @param until when the answer was there
 */
record Call(Ask ask, Answer answer, long from, long until) {

  /** A question. An id may be of a resource that is gone and whose name another one has. */
  sealed interface Ask {
    record Create() implements Ask {}

    record Update(long id, int size, String tier, @Nullable Long revision) implements Ask {}

    record Delete(long id, @Nullable Long revision) implements Ask {}

    record Finalizers(long id, Set<String> add, Set<String> remove) implements Ask {}

    record Reconcile(long id) implements Ask {}

    record Find(long id) implements Ask {}

    /** Whether the resources with that label have one of this name among them. */
    record Listed(String tier) implements Ask {}
  }

  /** How it was answered. */
  enum Word {
    /** Done, or found. */
    YES,
    /** The name is taken. */
    TAKEN,
    /** There was nothing to change. */
    UNCHANGED,
    /** Another revision. */
    CONFLICT,
    /** Deletion was asked for before. */
    DELETING,
    PURGED,
    /** There is none. */
    NONE
  }

  /**
   * An answer.
   *
   * @param word how
   * @param seen the resource as it was shown; null for none
   */
  record Answer(Word word, @Nullable Seen seen) {

    static Answer of(Word word) {
      return new Answer(word, null);
    }

    static Answer of(Word word, Resource resource) {
      return new Answer(word, Seen.of(resource));
    }
  }

  /**
   * What users can tell apart.
   *
   * @param id its number
   * @param generation of what is wanted
   * @param revision of all that people change
   * @param size what is wanted
   * @param tier its label; empty for none
   * @param finalizers who must let go
   * @param deleting whether deletion was asked for
   */
  record Seen(
      long id,
      long generation,
      long revision,
      int size,
      String tier,
      List<String> finalizers,
      boolean deleting) {

    Seen {
      finalizers = List.copyOf(new TreeSet<>(finalizers));
    }

    static Seen of(Resource resource) {
      return new Seen(
          resource.id(),
          resource.generation(),
          resource.revision(),
          resource.spec().path("size").asInt(),
          resource.metadata().path("labels").path("tier").asString(""),
          resource.finalizers(),
          resource.deletedAt() != null);
    }

    Seen revised(List<String> changed, boolean delete) {
      return new Seen(id, generation, revision + 1, size, tier, changed, delete);
    }

    Seen wanting(int other, String label) {
      long next = other == size ? generation : generation + 1;
      return new Seen(id, next, revision + 1, other, label, finalizers, deleting);
    }

    Seen without(String finalizer) {
      List<String> left = finalizers.stream().filter(each -> !each.equals(finalizer)).toList();
      return new Seen(id, generation, revision, size, tier, left, deleting);
    }
  }
}
