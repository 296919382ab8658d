// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.adopt;

import io.heal8s.cli.adopt.KcoManifests.OperatorAccount;
import io.heal8s.cli.input.FileTrouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code heal8s adopt kco}. */
@Command(
    name = "kco",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "For the TargetApps of a namespace: ServiceAccount, Roles, RoleBindings and policy.",
    description = {
      "Reads TargetApps from files, from standard input (-), or through kubectl with --kubeconfig,"
          + " and prints manifests for kubectl apply. Changes nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kubectl get targetapps -n shop -o yaml | heal8s adopt kco -n shop - | kubectl apply -f -",
      "  heal8s adopt kco -n shop --kubeconfig cluster.yaml"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:printed",
      "1:the TargetApps could not be read",
      "2:the command itself is wrong"
    })
public final class AdoptKcoCommand implements Callable<Integer> {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  // Room is left for the suffix of the role that is named after it.
  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,200}[a-z0-9])?");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Manifests with TargetApps, YAML or JSON; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = {"-n", "--namespace"},
      required = true,
      paramLabel = "NAMESPACE",
      description = "The namespace; TargetApps of others are left out.")
  private String namespace = "";

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Reads from that cluster, with the kubectl of this machine.")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--system-namespace",
      paramLabel = "NAMESPACE",
      description = "Where heal8s runs; default ${DEFAULT-VALUE}.")
  private String systemNamespace = "heal8s-system";

  @Option(
      names = "--operator-account",
      paramLabel = "NAMESPACE/NAME",
      description =
          "Account that remediation-operator runs as; default heal8s-operator in the system"
              + " namespace.")
  private @Nullable String operatorAccount;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description =
          "Name of the account that commands and patches run as; default" + " ${DEFAULT-VALUE}.")
  private String account = "heal8s-actions";

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (files.isEmpty() == (kubeconfig == null)) {
      throw wrong("name files (- for standard input), or --kubeconfig, not both");
    }
    checkNames();
    try {
      TargetApps apps = new TargetApps(namespace);
      if (kubeconfig != null) {
        apps.add(fromCluster(kubeconfig), "kubectl");
      }
      for (String file : files) {
        apps.add(text(file), file);
      }
      if (apps.none()) {
        return failed("no TargetApp of namespace " + namespace + " was found");
      }
      out.print(new KcoManifests(namespace, operator(), account).of(apps));
      warn(apps);
      return out.checkError()
          ? failed("the output could not be written to its end; what is there is incomplete")
          : 0;
    } catch (IOException unreadable) {
      return failed(String.valueOf(unreadable.getMessage()));
    }
  }

  private OperatorAccount operator() {
    String given = operatorAccount;
    if (given == null) {
      return new OperatorAccount(systemNamespace, "heal8s-operator");
    }
    int slash = given.indexOf('/');
    return new OperatorAccount(given.substring(0, slash), given.substring(slash + 1));
  }

  private void warn(TargetApps apps) {
    PrintWriter err = spec.commandLine().getErr();
    for (TargetApps.Refused one : apps.refused()) {
      err.printf(
          "heal8s adopt kco: warning: TargetApp %s: %s takes no parameter %s; KCO passed over it,"
              + " here the action stalls until it is removed%n",
          KcoManifests.inComment(one.app()),
          one.action(),
          one.parameter().matches("[A-Za-z0-9_.-]+")
              ? one.parameter()
              : KcoManifests.quoted(one.parameter()));
    }
    err.flush();
  }

  private int failed(String why) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("heal8s adopt kco: " + why);
    err.flush();
    return 1;
  }

  /** What is printed goes to kubectl, so no name may be more than a name. */
  private void checkNames() {
    for (String label : List.of(namespace, systemNamespace)) {
      if (!LABEL.matcher(label).matches()) {
        throw wrong("\"" + printable(label) + "\" is no name of a namespace");
      }
    }
    String operator = operatorAccount;
    if (operator != null && !isAccount(operator)) {
      throw wrong("\"" + printable(operator) + "\" is no NAMESPACE/NAME of a ServiceAccount");
    }
    if (!ACCOUNT.matcher(account).matches()) {
      throw wrong("\"" + printable(account) + "\" is no name of a ServiceAccount");
    }
    if (namespace.startsWith("kube-")
        || namespace.equals(systemNamespace)
        || namespace.equals(operator().namespace())) {
      throw wrong("commands and patches never run in namespace " + namespace);
    }
  }

  private static boolean isAccount(String text) {
    int slash = text.indexOf('/');
    return slash > 0
        && LABEL.matcher(text.substring(0, slash)).matches()
        && ACCOUNT.matcher(text.substring(slash + 1)).matches();
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static String text(String file) throws IOException {
    try (InputStream input = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      byte[] bytes = input.readNBytes(TargetApps.MOST_BYTES + 1);
      if (bytes.length > TargetApps.MOST_BYTES) {
        throw new IOException("it is larger than " + (TargetApps.MOST_BYTES >> 20) + " MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new IOException("cannot read " + file + ": it is not UTF-8", notText);
    } catch (IOException unreadable) {
      throw new IOException("cannot read " + file + ": " + FileTrouble.of(unreadable), unreadable);
    }
  }

  private String fromCluster(Path file) throws IOException {
    Process kubectl;
    try {
      kubectl =
          new ProcessBuilder(
                  "kubectl",
                  "--kubeconfig=" + file,
                  "--namespace=" + namespace,
                  "get",
                  "targetapps.operator.kco.local",
                  "--output=json")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException missing) {
      throw new IOException(
          "kubectl is not on this machine; pipe the output of kubectl get targetapps -o yaml into"
              + " it instead",
          missing);
    }
    try (InputStream json = kubectl.getInputStream()) {
      String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
      if (kubectl.waitFor() != 0) {
        throw new IOException("kubectl could not read the TargetApps");
      }
      return text;
    } catch (InterruptedException stopped) {
      kubectl.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }
}
