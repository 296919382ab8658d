// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.List;

/** Answers queries by fresh reads. */
@FunctionalInterface
public interface ObjectReader {

  /** Reads; a missing object is an empty answer. Blocks until the server answered or failed. */
  Reading read(Query query);

  /** What came of a read. */
  sealed interface Reading {

    /** The objects, empty for a Get of one that does not exist. */
    record Read(List<LiveObject> objects) implements Reading {

      public Read {
        objects = List.copyOf(objects);
      }
    }

    /** It may work later. */
    record Failed(String message, Throwable cause) implements Reading {}

    /** Not until somebody changes something: the kind, or the rights of the account that reads. */
    record UnknownKind(String message) implements Reading {}
  }
}
