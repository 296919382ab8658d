// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store;

import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceContent;
import io.heal8s.resource.model.ResourceQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Resources. Every write is one transaction together with its event and its place in the work
 * queue, and wakes the reconcile loops of all processes. Blocks; safe for any number of threads.
 *
 * <p>For the REST interface and input plugins. The reconcile loop writes status through a port of
 * its own. An unreachable database is a {@link StoreUnavailableException} from every method.
 */
public interface ResourceStore {

  /** Creates a resource, pending, due at once. */
  CreateResult create(NewResource resource);

  /**
   * Creates many in one transaction: all that can be. The answers are in the order of the question.
   */
  List<CreateResult> createAll(List<NewResource> resources);

  /** One that exists, deletion asked for or not. */
  Optional<Resource> find(long id);

  /** One that exists, deletion asked for or not. */
  Optional<Resource> findByName(String typeName, String typeVersion, String name);

  /** One that exists, deletion asked for or not, in whatever version of its type. */
  Optional<Resource> findByName(String typeName, String name);

  /** A page; those that are being deleted are in it. */
  List<Resource> list(ResourceQuery query);

  /** How many a query finds, its limit and cursor left out. */
  long count(ResourceQuery query);

  /**
   * Replaces the content. Spec or plugin configuration that differ (as JSON values) raise the
   * generation and make the resource due; content that is equal changes nothing at all. A run under
   * way is followed by one for the new generation.
   *
   * @param expectedRevision revision that was read; null to replace whatever is there
   */
  UpdateResult update(long id, ResourceContent content, @Nullable Long expectedRevision);

  /**
   * Stores a resource as another version of its type. What is wanted is the same, said in other
   * words: no generation rises, nothing runs.
   *
   * @param typeVersion version that exists
   * @param spec what is wanted, in that version
   * @param expectedRevision revision that was read
   */
  UpdateResult move(long id, String typeVersion, JsonNode spec, long expectedRevision);

  /**
   * Asks for deletion: a run under way is cancelled, the plugin destroys, finalizers let go, then
   * the row is purged and the name is free. With no finalizer it is purged at once.
   *
   * @param expectedRevision revision that was read; null for whatever is there
   */
  DeleteResult delete(long id, @Nullable Long expectedRevision);

  /** Adds and removes finalizers; the last one that goes from a resource in deletion purges it. */
  FinalizerResult changeFinalizers(long id, Set<String> add, Set<String> remove);

  /**
   * Makes a resource due now whatever it waits for. Also lets go what is held because of an unsure
   * dispatch: whoever asks has looked.
   *
   * @return false when there is none
   */
  boolean requestReconcile(long id);

  /** Approves the plan that waits, if it still is that one. */
  ApproveResult approve(long id, String planId);

  /**
   * Attempts, newest first; those of a purged resource too.
   *
   * @param beforeId only entries with a smaller id; null for the newest
   */
  List<HistoryEntry> history(long resourceId, int limit, @Nullable Long beforeId);

  /** What became of a create. */
  sealed interface CreateResult {
    record Created(Resource resource) implements CreateResult {}

    /** Another resource, of whatever type, has that name. */
    record NameTaken() implements CreateResult {}

    /** The type does not exist, or no longer. */
    record NoSuchType() implements CreateResult {}
  }

  /** What became of an update. */
  sealed interface UpdateResult {
    record Updated(Resource resource) implements UpdateResult {}

    record Unchanged(Resource resource) implements UpdateResult {}

    /** It has another revision by now. */
    record Conflict(Resource current) implements UpdateResult {}

    /** Deletion was asked for: what is wanted can no longer be changed. */
    record BeingDeleted(Resource current) implements UpdateResult {}

    record NotFound() implements UpdateResult {}
  }

  /** What became of a delete. */
  sealed interface DeleteResult {
    /** Deletion is under way. */
    record Marked(Resource resource) implements DeleteResult {}

    /** Nobody had to let go. */
    record Purged() implements DeleteResult {}

    /** It had been asked for before. */
    record AlreadyMarked(Resource resource) implements DeleteResult {}

    record Conflict(Resource current) implements DeleteResult {}

    record NotFound() implements DeleteResult {}
  }

  /** What became of a change of finalizers. */
  sealed interface FinalizerResult {
    record Changed(Resource resource) implements FinalizerResult {}

    /** The last one let go of a resource in deletion. */
    record Purged() implements FinalizerResult {}

    record NotFound() implements FinalizerResult {}
  }

  /** What became of an approval. */
  sealed interface ApproveResult {
    record Approved(Resource resource) implements ApproveResult {}

    /** No plan waits, or another one. */
    record NotThatPlan(Resource current) implements ApproveResult {}

    record NotFound() implements ApproveResult {}
  }
}
