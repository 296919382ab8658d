// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Where an input plugin puts what people want; checked there as a REST request is. */
public interface InputSink {

  /**
   * Creates the resource, or changes it if it exists; nothing happens if it is as wanted already.
   *
   * @return whether it is stored now, and if not why not
   */
  Receipt apply(Wanted wanted);

  /** Asks for deletion; also fine when there is none. */
  Receipt delete(String typeName, String typeVersion, String name);

  /**
   * What is wanted.
   *
   * @param name name of the resource
   * @param typeName name of an existing type
   * @param typeVersion version of it
   * @param actionPlugin name of an action plugin; empty for the default
   * @param spec an object
   * @param pluginConfig an object
   * @param labels labels
   */
  record Wanted(
      String name,
      String typeName,
      String typeVersion,
      String actionPlugin,
      JsonNode spec,
      JsonNode pluginConfig,
      Map<String, String> labels) {

    public Wanted {
      labels = Map.copyOf(labels);
    }
  }

  /** What became of it. */
  sealed interface Receipt {
    /** Stored durably. */
    record Accepted(long resourceId) implements Receipt {}

    /** It will never be accepted as it is. */
    record Refused(String message) implements Receipt {}

    /** Not now; deliver it again. */
    record TryAgain(String message) implements Receipt {}
  }
}
