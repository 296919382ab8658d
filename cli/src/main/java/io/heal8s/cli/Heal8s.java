// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli;

import io.heal8s.cli.adopt.AdoptCommand;
import io.heal8s.cli.edit.EditCommand;
import io.heal8s.cli.graphql.GraphqlCommand;
import io.heal8s.cli.resources.ResourcesCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point of all commands. */
@Command(
    name = "heal8s",
    description = "Repairs Kubernetes workloads through git, with proof.",
    mixinStandardHelpOptions = true,
    version = "heal8s 0.1.0",
    subcommands = {
      AdoptCommand.class,
      EditCommand.class,
      GraphqlCommand.class,
      ResourcesCommand.class
    })
public final class Heal8s implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    System.exit(
        commandLine(
                // Manifests are UTF-8 whatever the terminal's locale is; a diff must carry their
                // bytes.
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .execute(args));
  }

  /**
   * The commands, writing to the given places.
   *
   * @param out results
   * @param err what went wrong
   */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Heal8s())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Heal8s::explain);
  }

  /** One line that says what is wrong, instead of the whole help. */
  private static int explain(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + wrong.getMessage() + " (" + name + " --help)");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command, e.g. edit");
  }
}
