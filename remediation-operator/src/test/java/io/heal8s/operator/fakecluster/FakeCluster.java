// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.fakecluster;

import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Objects that answer queries, as the API server would. */
public final class FakeCluster {

  /** More rounds than any honest search needs; a search that never ends fails the test. */
  private static final int MAX_ROUNDS = 20;

  private final List<LiveObject> objects;
  private final Set<Query> asked = new LinkedHashSet<>();

  private FakeCluster(List<LiveObject> objects) {
    this.objects = List.copyOf(objects);
  }

  /** A cluster of these YAML documents. */
  public static FakeCluster of(String... documents) {
    List<LiveObject> objects = new ArrayList<>();
    for (String document : documents) {
      objects.addAll(YamlText.objects(document));
    }
    return new FakeCluster(objects);
  }

  /** A cluster of these objects. */
  public static FakeCluster of(List<LiveObject> objects) {
    return new FakeCluster(objects);
  }

  /** What was asked so far, in order. */
  public Set<Query> asked() {
    return asked;
  }

  /**
   * Asks a pure judgement again and again, each time with the answers to what it wanted to read.
   *
   * @param judgement from what is known to an answer
   * @param wants what an answer still wants to read; empty when it is final
   */
  public <T> T settle(Function<Known, T> judgement, Function<T, Set<Query>> wants) {
    Known known = Known.NOTHING;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      T answer = judgement.apply(known);
      Set<Query> queries = wants.apply(answer);
      if (queries.isEmpty()) {
        return answer;
      }
      // Sets have no order; the order of the record of what was asked must not depend on luck.
      for (Query query : queries.stream().sorted(Comparator.comparing(Query::toString)).toList()) {
        if (known.has(query)) {
          throw new AssertionError("asked twice: " + query);
        }
        asked.add(query);
        known = known.with(query, answer(query));
      }
    }
    throw new AssertionError("still reading after " + MAX_ROUNDS + " rounds: " + asked);
  }

  /** The objects that a query finds. */
  public List<LiveObject> answer(Query query) {
    return switch (query) {
      case Query.Get(var apiVersion, var kind, var namespace, var name) ->
          objects.stream()
              .filter(object -> is(object, apiVersion, kind, namespace))
              .filter(object -> object.name().equals(name))
              .toList();
      case Query.GetAs(var account, var get) -> answer(get);
      case Query.Patched(var account, var get, var patch, var read) ->
          answer(get).stream().flatMap(object -> FakePatch.apply(object, patch).stream()).toList();
      case Query.ListBySelector(var apiVersion, var kind, var namespace, var selector) ->
          objects.stream()
              .filter(object -> is(object, apiVersion, kind, namespace))
              .filter(object -> LabelSelector.matches(selector, object))
              .toList();
    };
  }

  private static boolean is(LiveObject object, String apiVersion, String kind, String namespace) {
    return object.apiVersion().equals(apiVersion)
        && object.kind().equals(kind)
        && object.namespace().equals(namespace);
  }
}
