// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterOptions;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.dev.suite.SuiteOnCluster;
import io.heal8s.dev.suite.SuiteOnCluster.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./heal8s up}: the suite on a cluster of this machine, to work with. */
@Command(
    name = "./heal8s up",
    mixinStandardHelpOptions = true,
    description =
        "Starts a Kubernetes control plane on this machine (or uses the one that HEAL8S_CLUSTER"
            + " names), installs CRDs, rights and admission policies, and runs the services until"
            + " Ctrl-C.")
public final class UpMain implements Callable<Integer> {

  private static final Duration READY = Duration.ofSeconds(60);

  private UpMain() {}

  /** Runs until the process is interrupted. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new UpMain()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path repository = Distribution.repository(Path.of("").toAbsolutePath());
    System.out.println("starting a control plane");
    try (Cluster cluster = Cluster.start(ClusterOptions.full());
        SuiteOnCluster suite =
            new SuiteOnCluster(
                cluster, Distribution.find(System.getenv()), WebhookToken.random())) {
      System.out.println("installing CRDs, rights and admission policies");
      suite.install(Programs.ofThisUser(), repository);
      List<ServiceProcess> services = new ArrayList<>();
      for (Service service : Service.values()) {
        services.add(suite.launch(service));
      }
      for (ServiceProcess service : services) {
        service.awaitReady(READY);
        System.out.println(service.process().name() + " is ready");
      }
      System.out.println("kubectl --kubeconfig " + cluster.kubeconfig() + " get rem -A");
      System.out.println("webhook   " + suite.webhook());
      System.out.println("token     in " + suite.tokenFile());
      System.out.println("logs      in " + cluster.directory());
      System.out.println("Ctrl-C ends it all.");
      Thread.currentThread().join();
    }
    return 0;
  }
}
