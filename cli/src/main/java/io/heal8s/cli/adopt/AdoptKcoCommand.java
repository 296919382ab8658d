// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.adopt;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
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
      names = "--account",
      paramLabel = "NAME",
      description =
          "Name of the account that commands and patches run as; default" + " ${DEFAULT-VALUE}.")
  private String account = "heal8s-actions";

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (files.isEmpty() == (kubeconfig == null)) {
      throw new ParameterException(
          spec.commandLine(), "name files (- for standard input), or --kubeconfig, not both");
    }
    if (namespace.startsWith("kube-") || namespace.equals(systemNamespace)) {
      throw new ParameterException(
          spec.commandLine(), "commands and patches never run in namespace " + namespace);
    }
    try {
      TargetApps apps = new TargetApps(namespace);
      if (kubeconfig != null) {
        apps.add(fromCluster(kubeconfig), "kubectl");
      }
      for (String file : files) {
        apps.add(text(file), file);
      }
      if (apps.none()) {
        err.println("heal8s adopt kco: no TargetApp of namespace " + namespace + " was found");
        return 1;
      }
      out.print(new KcoManifests(namespace, systemNamespace, account).of(apps));
      out.flush();
      return 0;
    } catch (YamlEngineException notYaml) {
      err.println("heal8s adopt kco: not YAML: " + notYaml.getMessage());
      return 1;
    } catch (IOException unreadable) {
      err.println("heal8s adopt kco: " + unreadable.getMessage());
      return 1;
    }
  }

  private static String text(String file) throws IOException {
    if (file.equals("-")) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    try {
      return Files.readString(Path.of(file));
    } catch (IOException unreadable) {
      throw new IOException("cannot read " + file, unreadable);
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
