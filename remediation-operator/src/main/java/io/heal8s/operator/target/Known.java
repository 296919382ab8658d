// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read so far, one consistent gathering for one judgement.
 *
 * @param answers by query; a {@link Query.Get} of a missing object has an empty list
 */
public record Known(Map<Query, List<LiveObject>> answers) {

  /** Nothing read yet. */
  public static final Known NOTHING = new Known(Map.of());

  public Known {
    answers = Map.copyOf(answers);
  }

  /** The answers and one more. */
  public Known with(Query query, List<LiveObject> answer) {
    Map<Query, List<LiveObject>> more = new LinkedHashMap<>(answers);
    more.put(query, List.copyOf(answer));
    return new Known(more);
  }

  /** Whether that query was answered. */
  public boolean has(Query query) {
    return answers.containsKey(query);
  }

  /**
   * The object of a query that was answered.
   *
   * @throws IllegalStateException when it was not: a bug in the caller
   */
  public Optional<LiveObject> one(Query.Get query) {
    return many(query).stream().findFirst();
  }

  /**
   * The objects of a query that was answered.
   *
   * @throws IllegalStateException when it was not: a bug in the caller
   */
  public List<LiveObject> many(Query query) {
    @Nullable List<LiveObject> answer = answers.get(query);
    if (answer == null) {
      throw new IllegalStateException("not read yet: " + query);
    }
    return answer;
  }
}
