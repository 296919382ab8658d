// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.document;

import static io.heal8s.resource.plugin.InputSink.Receipt.Fault.IDENTITY;

import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.InputSink.Key;
import io.heal8s.resource.plugin.InputSink.Receipt;
import io.heal8s.resource.plugin.InputSink.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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
    Set<String> twice = twice(sheets, problems);
    boolean unclear = false;
    for (Sheet sheet : sheets) {
      for (Wanted wanted : sheet.wanted()) {
        if (!twice.contains(wanted.key().name())) {
          Receipt receipt = sink.apply(wanted);
          unclear |=
              receipt instanceof Receipt.Refused(_, Receipt.Fault fault) && fault == IDENTITY;
          note(problems, sheet.part(), wanted.key(), receipt);
        }
      }
    }
    if (prune) {
      prune(sheets, unclear, problems);
    }
    return new Report((int) keys(sheets).map(Key::name).distinct().count(), problems);
  }

  /** A name is one resource's alone, whatever its type and version. */
  private static Set<String> twice(List<Sheet> sheets, List<String> problems) {
    Map<String, String> parts = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (Sheet sheet : sheets) {
      for (Wanted wanted : sheet.wanted()) {
        String name = wanted.key().name();
        String other = parts.putIfAbsent(name, sheet.part());
        if (other != null && twice.add(name)) {
          problems.add(
              at(sheet.part(), "%s is also in %s; neither counts".formatted(wanted.key(), other)));
        }
      }
    }
    return twice;
  }

  /**
   * Deletes what was delivered and is named no more, unless the part that named it cannot be
   * understood now, or a document means no resource: it may be the one that is missed.
   */
  private void prune(List<Sheet> sheets, boolean unclear, List<String> problems) {
    Map<Key, String> gone = new LinkedHashMap<>(sink.gone(source, keys(sheets).toList()));
    sheets.stream()
        .filter(sheet -> !sheet.problems().isEmpty())
        .forEach(sheet -> gone.values().removeIf(sheet.part()::equals));
    if (unclear && !gone.isEmpty()) {
      problems.add("nothing is deleted while it is unclear which resource a document means");
      return;
    }
    gone.forEach((key, part) -> note(problems, part, key, sink.delete(key, source)));
  }

  private static Stream<Key> keys(List<Sheet> sheets) {
    return sheets.stream().flatMap(sheet -> sheet.wanted().stream()).map(Wanted::key);
  }

  private static void note(List<String> problems, String part, Key key, Receipt receipt) {
    switch (receipt) {
      case Receipt.Accepted _ -> {}
      case Receipt.Refused(String message, _) ->
          problems.add(at(part, key.name() + ": " + message));
      case Receipt.TryAgain(String message) -> problems.add(at(part, key.name() + ": " + message));
    }
  }

  private static String at(String part, String problem) {
    return part.isEmpty() ? problem : part + ": " + problem;
  }
}
