// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.graphql;

import io.heal8s.graphql.trigger.TriggerJudge;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code heal8s graphql eval}. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    usageHelpWidth = EvalCommand.WIDTH,
    header = "Says what a change of state would cause.",
    description = {
      "Reads JSON lines from standard input and writes one JSON line for each, in their order.",
      "In:  {\"name\", \"old\" (null for the first poll), \"new\", \"trigger\" {\"field\","
          + " \"condition\", \"value\"}}; the trigger may be left out, and may have \"when\" (CEL),"
          + " \"mode\" and \"for\", which counts as over. Other members are not looked at.",
      "Out: {\"changed\" [paths], \"initial\", \"fires\", \"events\" [{\"type\", \"reason\","
          + " \"message\"}]}, and \"problem\" when the trigger cannot be judged.",
      "A line that cannot be read gives {\"error\"} that says why; the next lines are read all the"
          + " same. An empty line gives nothing."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  echo"
          + " '{\"name\":\"shop\",\"old\":{\"up\":1},\"new\":{\"up\":0},\"trigger\":{\"field\":\"up\",\"condition\":\"equals\",\"value\":0}}'"
          + " |",
      "    heal8s graphql eval"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every line was answered, with a result or an error",
      "1:standard input could not be read, or nobody takes the answers"
    })
public final class EvalCommand implements Callable<Integer> {

  // The example must stay one line, to be copied.
  static final int WIDTH = 120;

  private static final int LINES_AT_ONCE = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InputStream input;
  private final TriggerJudge judge = new TriggerJudge();

  /** Reads standard input. */
  public EvalCommand() {
    this(System.in);
  }

  EvalCommand(InputStream input) {
    this.input = input;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      String line = withoutMark(lines.readLine());
      for (long number = 1; line != null; number++) {
        if (!line.isBlank()) {
          out.append(EvalLine.answer(line, number, judge)).append('\n');
        }
        // Who waits for each answer gets it; who sends many at once is not slowed down. Looking
        // for an error flushes as well.
        if ((!lines.ready() || number % LINES_AT_ONCE == 0) && out.checkError()) {
          return failed("standard output cannot be written");
        }
        line = lines.readLine();
      }
      return out.checkError() ? failed("standard output cannot be written") : 0;
    } catch (IOException e) {
      out.flush();
      return failed("standard input cannot be read: " + e.getMessage());
    }
  }

  // Some editors begin a file with U+FEFF.
  private static @Nullable String withoutMark(@Nullable String line) {
    return line != null && line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private int failed(String message) {
    spec.commandLine().getErr().println(message);
    return 1;
  }
}
