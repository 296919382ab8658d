// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.adopt;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands for people who come from another system. */
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    header = "Prints what must be added when heal8s takes another system's place.",
    subcommands = AdoptKcoCommand.class)
public final class AdoptCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a system, e.g. kco");
  }
}
