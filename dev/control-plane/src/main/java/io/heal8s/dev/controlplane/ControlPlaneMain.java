// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The launcher's commands for programs and the background cluster. Exit codes: 0 done, 1 failed
 * with one message, 2 wrong arguments.
 */
public final class ControlPlaneMain {

  private static final String USAGE =
      """
      build [PROGRAM...]            build what is not in the cache; without names, what demo and test need
      program PROGRAM               print the path of a program, building it if need be
      up [--api] [--stage FILE]...  start a cluster in the background; print its kubeconfig's path
      down                          stop it
      kubeconfig                    print its kubeconfig's path
      """;

  private final Map<String, String> environment;

  private ControlPlaneMain(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs one command. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = new ControlPlaneMain(System.getenv()).run(List.of(arguments));
    } catch (ClusterException | ProgramUnavailableException | IOException e) {
      System.err.println(e.getMessage());
      code = 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      code = 1;
    }
    System.exit(code);
  }

  private int run(List<String> arguments) throws IOException, InterruptedException {
    String command = arguments.isEmpty() ? "" : arguments.getFirst();
    List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
    return switch (command) {
      case "build" -> build(rest);
      case "program" -> program(rest);
      case "up" -> up(rest);
      case "down" -> down();
      case "kubeconfig" -> kubeconfig();
      case "supervise" -> supervise(rest);
      default -> usage();
    };
  }

  private static int build(List<String> names) {
    Programs programs = Programs.ofThisUser();
    List<GoProgram> wanted = new ArrayList<>();
    if (names.isEmpty()) {
      wanted.addAll(PinnedPrograms.ofCluster(Parts.FULL));
      wanted.add(PinnedPrograms.helm());
      wanted.add(PinnedPrograms.alertmanager());
    }
    names.forEach(name -> wanted.add(PinnedPrograms.byName(name)));
    wanted.forEach(programs::path);
    return 0;
  }

  private static int program(List<String> names) {
    if (names.size() != 1) {
      return usage();
    }
    System.out.println(Programs.ofThisUser().path(PinnedPrograms.byName(names.getFirst())));
    return 0;
  }

  private int up(List<String> options) throws IOException, InterruptedException {
    ClusterOptions wanted = options(options);
    if (environment.getOrDefault(ClusterChoice.SETTING, "").matches("|local")) {
      // Here and not in the supervisor, so that the progress of a first build is seen.
      PinnedPrograms.ofCluster(wanted.parts()).forEach(Programs.ofThisUser()::path);
    }
    List<String> supervisor = new ArrayList<>();
    supervisor.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    supervisor.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp"));
    supervisor.add(absoluteClassPath());
    supervisor.addAll(List.of(ControlPlaneMain.class.getName(), "supervise"));
    supervisor.addAll(options);
    System.out.println(background().up(supervisor, environment));
    return 0;
  }

  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : List.of(System.getProperty("java.class.path").split(":", -1))) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(":", entries);
  }

  private int supervise(List<String> options) throws IOException, InterruptedException {
    background().supervise(options(options));
    return 1;
  }

  private static ClusterOptions options(List<String> arguments) {
    boolean api = arguments.contains("--api");
    ClusterOptions options = api ? ClusterOptions.api() : ClusterOptions.full();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--stage") && i + 1 < arguments.size() && !api) {
        i++;
        options = options.withKwokStages(Path.of(arguments.get(i)).toAbsolutePath());
      } else if (!argument.equals("--api")) {
        throw new ClusterException("up does not take " + argument + "\n" + USAGE.strip());
      }
    }
    return options;
  }

  private int down() throws IOException, InterruptedException {
    System.out.println(background().down() ? "stopped" : "no cluster runs");
    return 0;
  }

  private int kubeconfig() throws IOException {
    Path path =
        background()
            .kubeconfig()
            .orElseThrow(
                () -> new ClusterException("no cluster runs; ./heal8s cluster up starts one"));
    System.out.println(path);
    return 0;
  }

  private BackgroundCluster background() {
    return new BackgroundCluster(UserFolders.of(environment).state().resolve("cluster"));
  }

  private static int usage() {
    System.err.print(USAGE);
    return 2;
  }
}
