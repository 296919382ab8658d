// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what a judgement asks for. */
final class Gatherer {

  /**
   * What was gathered.
   *
   * @param known everything that could be read
   * @param failed the first read that failed, null when none did
   */
  record Gathered(Known known, @Nullable Reading failed) {}

  private final ObjectReader reader;

  Gatherer(ObjectReader reader) {
    this.reader = reader;
  }

  /** Reads what is not known yet; stops at the first failure. */
  Gathered gather(Known known, Set<Query> queries) {
    Known more = known;
    for (Query query : queries) {
      switch (reader.read(query)) {
        case Reading.Read(List<LiveObject> objects) -> more = more.with(query, objects);
        case Reading.Failed failed -> {
          return new Gathered(more, failed);
        }
        // What one account may not read stops those alone that act as it.
        case Reading.UnknownKind(String message) when query instanceof Query.GetAs as ->
            more = more.refusing(as, message);
        case Reading.UnknownKind unknown -> {
          return new Gathered(more, unknown);
        }
      }
    }
    return new Gathered(more, null);
  }
}
