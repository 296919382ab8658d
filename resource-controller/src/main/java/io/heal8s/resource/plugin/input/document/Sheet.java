// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.document;

import io.heal8s.resource.plugin.InputSink.Wanted;
import java.util.List;

/**
 * One part of a source, such as a file.
 *
 * @param part its place in the source
 * @param wanted what it says
 * @param problems what in it cannot be understood, one sentence each; what else it says may then be
 *     incomplete
 */
public record Sheet(String part, List<Wanted> wanted, List<String> problems) {

  public Sheet {
    wanted = List.copyOf(wanted);
    problems = List.copyOf(problems);
  }

  /** One that cannot be read at all. */
  public static Sheet unreadable(String part, String problem) {
    return new Sheet(part, List.of(), List.of(problem));
  }
}
