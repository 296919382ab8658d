// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.document;

import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.InputSink.Key;
import io.heal8s.resource.plugin.InputSink.Receipt;
import io.heal8s.resource.plugin.InputSink.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lays a source that is the whole truth over what is stored: what it names is created or changed,
 * and what it named before and no longer does is deleted. Doing it again changes nothing, so that
 * whoever is interrupted begins anew.
 *
 * @param sink where to
 * @param source the source
 * @param prune whether what it no longer names is deleted
 */
public record WholeSource(InputSink sink, String source, boolean prune) {

  /**
   * What became of it.
   *
   * @param named how many resources the source names
   * @param problems what could not be done, one sentence each with its part; worth another try
   */
  public record Report(int named, List<String> problems) {
    public Report {
      problems = List.copyOf(problems);
    }
  }

  /** Lays all of it. */
  public Report lay(List<Sheet> sheets) {
    List<String> problems = new ArrayList<>();
    for (Sheet sheet : sheets) {
      sheet.problems().forEach(problem -> problems.add(at(sheet.part(), problem)));
    }
    Map<Key, String> parts = new HashMap<>();
    Set<Key> twice = new HashSet<>();
    for (Sheet sheet : sheets) {
      for (Wanted wanted : sheet.wanted()) {
        String other = parts.putIfAbsent(wanted.key(), sheet.part());
        if (other != null && twice.add(wanted.key())) {
          problems.add(
              at(sheet.part(), "%s is also in %s; neither counts".formatted(wanted.key(), other)));
        }
      }
    }
    for (Sheet sheet : sheets) {
      sheet.wanted().stream()
          .filter(wanted -> !twice.contains(wanted.key()))
          .forEach(wanted -> note(problems, sheet.part(), wanted.key(), sink.apply(wanted)));
    }
    if (prune) {
      Map<Key, String> delivered = sink.delivered(source);
      gone(delivered, sheets)
          .forEach(
              key ->
                  note(problems, delivered.getOrDefault(key, ""), key, sink.delete(key, source)));
    }
    return new Report(parts.size(), problems);
  }

  /**
   * What is to be deleted: what was delivered and is named no more, unless the part that named it
   * cannot be understood now.
   */
  static Set<Key> gone(Map<Key, String> delivered, List<Sheet> sheets) {
    Set<Key> named = new HashSet<>();
    Set<String> unclear = new HashSet<>();
    for (Sheet sheet : sheets) {
      sheet.wanted().forEach(wanted -> named.add(wanted.key()));
      if (!sheet.problems().isEmpty()) {
        unclear.add(sheet.part());
      }
    }
    Set<Key> gone = new LinkedHashSet<>();
    delivered.forEach(
        (key, part) -> {
          if (!named.contains(key) && !unclear.contains(part)) {
            gone.add(key);
          }
        });
    return gone;
  }

  private static void note(List<String> problems, String part, Key key, Receipt receipt) {
    switch (receipt) {
      case Receipt.Accepted _ -> {}
      case Receipt.Refused(String message) -> problems.add(at(part, key.name() + ": " + message));
      case Receipt.TryAgain(String message) -> problems.add(at(part, key.name() + ": " + message));
    }
  }

  private static String at(String part, String problem) {
    return part.isEmpty() ? problem : part + ": " + problem;
  }
}
