// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.graphql;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about applications that are watched through GraphQL. */
@Command(
    name = "graphql",
    mixinStandardHelpOptions = true,
    header = "Tries what graphql-monitor does.",
    subcommands = EvalCommand.class)
public final class GraphqlCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command: eval");
  }
}
