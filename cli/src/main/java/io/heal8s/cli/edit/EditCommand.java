// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import io.heal8s.pr.manifest.Quantity;
import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code heal8s edit}. */
@Command(
    name = "edit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Changes single values of a manifest and leaves every other byte as it is.",
    description = {
      "Prints the unified diff of the edit; with --write the files are replaced instead.",
      "Comments, order, quotes, line ends and blanks stay. A missing limit is inserted in the"
          + " file's own indentation. A file that cannot be edited safely is refused."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  heal8s edit api.yaml --target Deployment/api --memory 512Mi",
      "  heal8s edit api.yaml --target Deployment/api --container app --image shop/api:1.4 --write",
      "  heal8s edit deploy/ --target sts/db --namespace prod --replicas 3 | git apply",
      "  kustomize build . | heal8s edit - --target Deployment/api --memory 512Mi --write"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every file was edited or holds the values already",
      "1:a file could not be read or replaced",
      "2:the command itself is wrong; nothing was done",
      "3:a file was refused, with one line FILE:LINE: reason on standard error"
    })
public final class EditCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = {
        "Manifests, YAML or JSON. Of a folder all *.yaml, *.yml and *.json below it are taken that"
            + " hold the target. A lone - is standard input; with --write the edited document is"
            + " printed."
      })
  private List<Path> files = List.of();

  @Option(
      names = "--target",
      required = true,
      paramLabel = "KIND/NAME",
      description = "The object, e.g. Deployment/api; kubectl's short names are understood.")
  private String target = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Its namespace. An object that states none matches too.")
  private @Nullable String namespace;

  @Option(
      names = "--container",
      paramLabel = "NAME",
      description = "The container; may be left out when there is only one.")
  private @Nullable String container;

  @Option(
      names = "--memory",
      paramLabel = "QUANTITY",
      description = {
        "The memory limit, e.g. 512Mi. The request follows only where it is the same amount as the"
            + " limit was."
      })
  private @Nullable String memory;

  @Option(names = "--replicas", paramLabel = "N", description = "The number of replicas.")
  private @Nullable Integer replicas;

  @Option(names = "--image", paramLabel = "IMAGE", description = "The container's image.")
  private @Nullable String image;

  @Option(
      names = "--write",
      description = "Replace the files, each as a whole, instead of printing the diff.")
  private boolean write;

  private final InputStream input;

  /** Reads standard input where that is asked for. */
  public EditCommand() {
    this(System.in);
  }

  EditCommand(InputStream input) {
    this.input = input;
  }

  @Override
  public Integer call() {
    EditRequest request = request();
    boolean piped = files.contains(EditRun.STANDARD_INPUT);
    if (piped && files.size() > 1) {
      throw wrong("- is standard input and wants to be the only FILE");
    }
    for (Path file : files) {
      // An unset variable of a script would mean the folder that it runs in, and all below.
      if (file.toString().isEmpty()) {
        throw wrong("a FILE is empty; name a file or a folder, . for this one");
      }
      if (!piped && !Files.exists(file)) {
        throw wrong(file + " does not exist");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    EditRun run = new EditRun(request, write, out, err);
    return piped ? run.run(input) : run.run(files);
  }

  private EditRequest request() {
    int slash = target.indexOf('/');
    if (slash < 1 || slash == target.length() - 1 || target.indexOf('/', slash + 1) >= 0) {
      throw wrong(
          "--target wants KIND/NAME, e.g. Deployment/api, and the namespace in --namespace; not "
              + target);
    }
    String written = target.substring(0, slash);
    TargetKind kind =
        TargetKind.of(written)
            .orElseThrow(() -> wrong("no kind " + written + " is known, only " + TargetKind.all()));
    checkValues(kind);
    checkNames();
    return new EditRequest(
        kind, target.substring(slash + 1), namespace, container, memory, replicas, image);
  }

  private void checkValues(TargetKind kind) {
    if (memory == null && replicas == null && image == null) {
      throw wrong("nothing to change; give --memory, --replicas or --image");
    }
    if (memory != null
        && Quantity.parse(memory)
            .filter(q -> q.amount().compareTo(BigDecimal.ZERO) > 0)
            .isEmpty()) {
      throw wrong("--memory wants a quantity such as 512Mi, not " + memory);
    }
    // 512m is half a byte; who writes it means 512M or 512Mi.
    if (memory != null && "mun".indexOf(memory.charAt(memory.length() - 1)) >= 0) {
      throw wrong(
          "--memory wants whole bytes such as 512Mi, and " + memory + " is parts of a byte");
    }
    if (replicas != null && replicas < 0) {
      throw wrong("--replicas wants 0 or more, not " + replicas);
    }
    if (replicas != null && !kind.hasReplicas()) {
      throw wrong("a " + kind.kind() + " has no replicas");
    }
    if (image != null && (image.isBlank() || image.chars().anyMatch(Character::isWhitespace))) {
      throw wrong("--image wants a reference without blanks, e.g. shop/api:1.4");
    }
  }

  private void checkNames() {
    if (namespace != null && namespace.isBlank()) {
      throw wrong("--namespace is empty; name one, or leave the option out");
    }
    if (container != null && container.isBlank()) {
      throw wrong("--container is empty; name one, or leave the option out");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
