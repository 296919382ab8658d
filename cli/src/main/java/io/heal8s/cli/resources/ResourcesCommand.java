// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.resources;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heal8s resources}: resources of the resource controller. */
@Command(
    name = "resources",
    mixinStandardHelpOptions = true,
    description = "Works with the resources of a resource controller.")
public final class ResourcesCommand implements Runnable {

  private static final int REFUSED = 1;
  private static final String RESOURCES = "/api/v1/resources";
  private static final String ID = "number of a resource, or TYPE/VERSION/NAME";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--server",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      defaultValue = "${env:HEAL8S_RESOURCES_SERVER:-http://localhost:8000}",
      description = "address of the controller (HEAL8S_RESOURCES_SERVER), default ${DEFAULT-VALUE}")
  private URI server = URI.create("http://localhost:8000");

  @Option(
      names = "--token-file",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "file with a token; else the variable HEAL8S_RESOURCES_TOKEN, else none")
  private @Nullable Path tokenFile;

  /** Made by the command line. */
  public ResourcesCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command, e.g. get");
  }

  @Command(description = "Creates what the files say, or makes it so.")
  int apply(
      @Option(names = "-f", required = true, description = "YAML or JSON, one or more documents")
          List<Path> files) {
    return run(
        controller -> {
          List<Object> wanted = new ArrayList<>();
          for (Path file : files) {
            Documents.in(file).forEach(wanted::add);
          }
          Object answer =
              controller.call("POST", RESOURCES + "/apply", Json.of(Map.of("resources", wanted)));
          Map<?, ?> result = answer instanceof Map<?, ?> map ? map : Map.of();
          out().print(Table.of(list(result.get("results")), "name", "outcome", "id", "detail"));
          return Integer.valueOf(0).equals(result.get("failed")) ? 0 : REFUSED;
        });
  }

  @Command(description = "Lists resources, or shows one.")
  int get(
      @Parameters(arity = "0..1", paramLabel = "ID", description = ID) @Nullable String id,
      @Option(
              names = {"-l", "--selector"},
              description = "label selector")
          @Nullable String labels,
      @Option(names = "--status", description = "only with that status") @Nullable String status,
      @Option(names = "--json", description = "all of it, as the answers have it") boolean json) {
    return run(
        controller -> {
          if (id != null) {
            print(controller, id);
            return 0;
          }
          String query =
              "?limit=1000" + parameter("label_selector", labels) + parameter("status", status);
          List<Object> found = controller.list(RESOURCES + query);
          out()
              .print(
                  json
                      ? Json.of(found) + "\n"
                      : Table.of(
                          found,
                          "id",
                          "name",
                          "resource_type_name",
                          "resource_type_version",
                          "status",
                          "generation",
                          "observed_generation"));
          return 0;
        });
  }

  @Command(description = "Shows a resource, with its last attempts.")
  int describe(@Parameters(paramLabel = "ID", description = ID) String id) {
    return run(
        controller -> {
          print(controller, id);
          print(controller, id, 5);
          return 0;
        });
  }

  @Command(description = "Replaces the spec of a resource.")
  int update(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "-f", required = true, description = "a spec, or a document with a spec")
          Path file) {
    return run(
        controller -> {
          Map<?, ?> content = Documents.content(file);
          // A document says itself in which version it is written.
          Optional<String> version = Documents.version(content).or(() -> Controller.version(id));
          String path = path(controller, id) + Controller.query(version);
          out().println(Json.of(controller.call("PUT", path, Json.of(content))));
          return 0;
        });
  }

  @Command(
      description = {
        "Shows the plan that waits for approval; with --plan approves it.",
        "Another one than that plan is never approved."
      })
  int approve(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--plan", description = "id of the plan that was shown")
          @Nullable String plan) {
    return run(
        controller -> new PlanApproval(controller, out()).approve(path(controller, id), id, plan));
  }

  @Command(description = "Asks for deletion.")
  int delete(@Parameters(paramLabel = "ID", description = ID) String id) {
    return message("DELETE", id, "");
  }

  @Command(description = "Reconciles now.")
  int reconcile(@Parameters(paramLabel = "ID", description = ID) String id) {
    return message("POST", id, "/reconcile");
  }

  @Command(description = "Shows attempts, newest first.")
  int history(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = {"-n", "--limit"},
              defaultValue = "10",
              description = "how many")
          int limit) {
    return run(
        controller -> {
          print(controller, id, limit);
          return 0;
        });
  }

  @Command(description = "Shows what the last success gave.")
  int outputs(@Parameters(paramLabel = "ID", description = ID) String id) {
    return show(id, "/outputs");
  }

  @Command(description = "Shows where a resource stands.")
  int state(@Parameters(paramLabel = "ID", description = ID) String id) {
    return show(id, "/state");
  }

  @Command(description = "Shows the status; with -f until it is ready or failed.")
  int status(
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = {"-f", "--follow"},
              description = "until it is ready or failed")
          boolean follow) {
    return run(
        controller -> new StatusWatch(controller, out()).watch(path(controller, id), follow));
  }

  private static String path(Controller controller, String id)
      throws IOException, InterruptedException, Controller.RefusedException {
    return RESOURCES + "/" + controller.id(id);
  }

  private int message(String method, String id, String action) {
    return run(
        controller -> {
          Object answer = controller.call(method, path(controller, id) + action, null);
          out().println(answer instanceof Map<?, ?> map ? map.get("message") : answer);
          return 0;
        });
  }

  private int show(String id, String part) {
    return run(
        controller -> {
          out().println(Json.of(controller.call("GET", path(controller, id) + part, null)));
          return 0;
        });
  }

  /** In the version that the user names it in. */
  private void print(Controller controller, String id)
      throws IOException, InterruptedException, Controller.RefusedException {
    String path = path(controller, id) + Controller.query(Controller.version(id));
    out().println(Json.of(controller.call("GET", path, null)));
  }

  private void print(Controller controller, String id, int limit)
      throws IOException, InterruptedException, Controller.RefusedException {
    Object history = controller.call("GET", path(controller, id) + "/history?limit=" + limit, null);
    out()
        .print(
            Table.of(
                list(history),
                "reconcile_time",
                "generation",
                "success",
                "trigger_reason",
                "error_message"));
  }

  private int run(Work work) {
    try (Controller controller = new Controller(server, token())) {
      return work.on(controller);
    } catch (IllegalArgumentException e) {
      return complain(e.getMessage());
    } catch (NoSuchFileException e) {
      return complain("there is no file " + e.getMessage());
    } catch (Controller.RefusedException e) {
      return complain(e.getMessage());
    } catch (IOException e) {
      return complain(server + " cannot be reached: " + e);
    } catch (YamlEngineException e) {
      return complain("no YAML or JSON: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return REFUSED;
    } finally {
      out().flush();
    }
  }

  private int complain(@Nullable String message) {
    spec.commandLine().getErr().println("heal8s resources: " + message);
    return REFUSED;
  }

  private @Nullable String token() throws IOException {
    return tokenFile == null
        ? System.getenv("HEAL8S_RESOURCES_TOKEN")
        : Files.readString(tokenFile).strip();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String parameter(String name, @Nullable String value) {
    return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @FunctionalInterface
  private interface Work {
    int on(Controller controller)
        throws IOException, InterruptedException, Controller.RefusedException;
  }
}
