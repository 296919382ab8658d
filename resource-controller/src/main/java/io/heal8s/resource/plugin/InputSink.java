// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where an input plugin puts what people want; checked there as a REST request is. Safe for any
 * number of threads. Blocks.
 */
public interface InputSink {

  /**
   * Creates the resource, or changes it if it exists; nothing happens if it is as wanted already.
   * One that another source delivers is refused.
   *
   * @return whether it is stored now, and if not why not
   */
  Receipt apply(Wanted wanted);

  /**
   * Asks for deletion, in whatever version it is stored; also fine when there is none.
   *
   * @param source only if it was delivered from there, else refused; null for wherever from
   */
  Receipt delete(Key key, @Nullable String source);

  /**
   * What was delivered from a source, is still there and is named there no more, except what is
   * being deleted already: for a source that is the whole truth and shows a deletion by leaving
   * something out. To be asked after all was applied. A resource that is stored in another version
   * than the source names it in is named all the same.
   *
   * @param named all that the source names now, also what was not accepted
   * @return the part of the source by resource, as it is stored
   * @throws RuntimeException when it cannot be told now
   */
  Map<Key, String> gone(String source, Collection<Key> named);

  /**
   * How a resource is, for sources that show it; empty when there is none.
   *
   * @throws RuntimeException when it cannot be told now
   */
  Optional<State> state(Key key);

  /**
   * Does something while no other process does the same for that source, so that what was read
   * earlier is not laid over what was read later.
   *
   * @return false when another one is at it, or it cannot be told now; nothing was done then
   */
  boolean alone(String source, Runnable work);

  /**
   * Which resource.
   *
   * @param typeName name of its type
   * @param typeVersion version of it
   * @param name its name
   */
  record Key(String typeName, String typeVersion, String name) {
    @Override
    public String toString() {
      return typeName + "/" + typeVersion + " " + name;
    }
  }

  /**
   * Where something is delivered from, kept with the resource.
   *
   * @param source that delivers it, such as a repository and a directory; the same for all it
   *     delivers, without secrets
   * @param part place in it, such as a file; empty for none
   */
  record Origin(String source, String part) {}

  /**
   * What is wanted. JSON in it must not be changed afterwards.
   *
   * @param key which resource, of an existing type
   * @param actionPlugin name of an action plugin; empty for the default
   * @param spec an object
   * @param pluginConfig an object
   * @param labels labels
   * @param origin where it comes from, for sources that {@link #delivered} is asked about; null for
   *     others
   */
  record Wanted(
      Key key,
      String actionPlugin,
      JsonNode spec,
      JsonNode pluginConfig,
      Map<String, String> labels,
      @Nullable Origin origin) {

    public Wanted {
      labels = Map.copyOf(labels);
    }

    /** Leaves JSON out: it may hold what nobody should read in a log. */
    @Override
    public String toString() {
      return "Wanted[" + key + "]";
    }
  }

  /**
   * How a resource is.
   *
   * @param status one word, as the REST interface has it
   * @param message why, null before the first attempt
   * @param generation of what is wanted
   * @param observedGeneration of what was applied last with success, 0 before
   * @param deleting whether it is on its way out
   * @param outputs what the last success gave, an object
   */
  record State(
      String status,
      @Nullable String message,
      long generation,
      long observedGeneration,
      boolean deleting,
      JsonNode outputs) {}

  /** What became of it. */
  sealed interface Receipt {
    /** Stored durably; of a delete: asked for durably, or there was nothing. */
    record Accepted() implements Receipt {}

    /**
     * It will never be accepted as it is.
     *
     * @param fault what is wrong with it
     */
    record Refused(String message, Fault fault) implements Receipt {

      /** Refuses what it says. */
      public Refused(String message) {
        this(message, Fault.CONTENT);
      }
    }

    /** Not now; deliver it again. */
    record TryAgain(String message) implements Receipt {}

    /** What a refusal is about. */
    enum Fault {
      /** It is clear which resource is meant; what is wanted of it cannot be. */
      CONTENT,
      /**
       * Its name, type and version mean no resource and cannot make one. What it was meant to be
       * may be stored under another name: nothing is to be deleted for not being named.
       */
      IDENTITY
    }
  }
}
