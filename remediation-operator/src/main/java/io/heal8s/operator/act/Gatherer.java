// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what a judgement asks for. */
final class Gatherer {

  /**
   * What was gathered.
   *
   * @param known everything that could be read
   * @param failed by query the reads that failed, in the order in which they did
   */
  record Gathered(Known known, Map<Query, Reading> failed) {

    /** The first read that failed, null when none did. */
    @Nullable Reading firstFailure() {
      return failed.values().stream().findFirst().orElse(null);
    }
  }

  private final ObjectReader reader;

  Gatherer(ObjectReader reader) {
    this.reader = reader;
  }

  /** Reads each of them, whatever becomes of the others. */
  Gathered gather(Known known, Set<Query> queries) {
    Known more = known;
    Map<Query, Reading> failed = new LinkedHashMap<>();
    for (Query query : queries) {
      switch (reader.read(query)) {
        case Reading.Read(List<LiveObject> objects) -> more = more.with(query, objects);
        case Reading.Failed reading -> failed.put(query, reading);
        // What one account may not read stops those alone that act as it.
        case Reading.UnknownKind(String message) when query instanceof Query.GetAs as ->
            more = more.refusing(as, message);
        case Reading.UnknownKind reading -> failed.put(query, reading);
      }
    }
    return new Gathered(more, failed);
  }
}
