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
 * @param refusals by query what an account may not read, as a sentence with what would let it; only
 *     a {@link Query.GetAs} is ever here, so only who asks one must look
 */
public record Known(Map<Query, List<LiveObject>> answers, Map<Query, String> refusals) {

  /** Nothing read yet. */
  public static final Known NOTHING = new Known(Map.of(), Map.of());

  public Known {
    answers = Map.copyOf(answers);
    refusals = Map.copyOf(refusals);
  }

  /** The answers and one more. */
  public Known with(Query query, List<LiveObject> answer) {
    Map<Query, List<LiveObject>> more = new LinkedHashMap<>(answers);
    more.put(query, List.copyOf(answer));
    return new Known(more, refusals);
  }

  /** The same, and that an account may not read what it was to read. */
  public Known refusing(Query.GetAs query, String message) {
    Map<Query, String> more = new LinkedHashMap<>(refusals);
    more.put(query, message);
    return new Known(answers, more);
  }

  /** Whether that query was answered, be it by a refusal. */
  public boolean has(Query query) {
    return answers.containsKey(query) || refusals.containsKey(query);
  }

  /** Why the account may not read that; empty where it may. */
  public Optional<String> refusal(Query query) {
    return Optional.ofNullable(refusals.get(query));
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
   * @throws IllegalStateException when it was not, or was refused: a bug in the caller
   */
  public List<LiveObject> many(Query query) {
    @Nullable List<LiveObject> answer = answers.get(query);
    if (answer == null) {
      throw new IllegalStateException("not read yet: " + query);
    }
    return answer;
  }
}
