// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.store.postgres.ConnectionSettings;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The compose file says what the service and PostgreSQL's image understand; no engine runs it. */
@ExtendWith(PostgresExtension.class)
class ComposeFileTest {

  private static final Path ROOT = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
  private static final Path FOLDER = ROOT.resolve("deploy/docker-compose");

  /** {@code ${NAME:-default}} and {@code ${NAME:?message}}. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):([-?])([^}]*)}");

  /** What the head of the file has people put beside it. */
  private static final Map<String, String> SECRETS =
      Map.of(
          "DB_PASSWORD", "d".repeat(32),
          "JWT_SECRET_KEY", "j".repeat(64),
          "INITIAL_ADMIN_PASSWORD", "a".repeat(24));

  /** What stands there in the file. */
  private static Object at(String... path) throws IOException {
    Object here =
        new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
            .loadFromString(Files.readString(FOLDER.resolve("docker-compose.yml")));
    for (String name : path) {
      here = here instanceof Map<?, ?> map ? map.get(name) : null;
      assertThat(here).as(String.join(".", path)).isNotNull();
    }
    return Objects.requireNonNull(here);
  }

  /** As Compose fills it in. */
  private static Map<String, String> environment(String service) throws IOException {
    Map<String, String> environment = new TreeMap<>();
    ((Map<?, ?>) at("services", service, "environment"))
        .forEach((name, value) -> environment.put(name.toString(), filled(value.toString())));
    return environment;
  }

  private static String filled(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> {
              String given = SECRETS.get(found.group(1));
              assertThat(given != null || found.group(2).equals("-"))
                  .as("the head of the file tells of " + found.group(1))
                  .isTrue();
              return Matcher.quoteReplacement(given != null ? given : found.group(3));
            });
  }

  @Test
  void everySettingIsOneThatTheServiceReads() throws IOException {
    Map<String, String> given = environment("controller-api");
    Set<String> asked = new TreeSet<>();
    Variables variables =
        new Variables(
            name -> {
              asked.add(name);
              return given.get(name);
            });
    ResourceSettings settings = ResourceSettings.read(variables);
    EngineVariables.read(variables);
    NotificationVariables.read(variables);
    PluginConfiguration.VARIABLES.values().forEach(asked::addAll);
    assertThat(asked).containsAll(given.keySet());
    assertThat(settings.access().open()).isFalse();
    assertThat(settings.access().adminName()).isEqualTo("admin");
    assertThat(settings.access().jwtKey()).isNotNull();
  }

  @Test
  void theServiceLooksForTheDatabaseWhereItIs() throws IOException {
    Map<String, String> postgres = environment("postgres");
    ConnectionSettings database =
        Objects.requireNonNull(
            ResourceSettings.read(new Variables(environment("controller-api")::get)).database());
    assertThat(database.host()).as("the name of the service").isEqualTo("postgres");
    assertThat(database.port()).isEqualTo(5432);
    assertThat(database.name()).isEqualTo(postgres.get("POSTGRES_DB"));
    assertThat(database.user()).isEqualTo(postgres.get("POSTGRES_USER"));
    assertThat(database.password().reveal()).isEqualTo(postgres.get("POSTGRES_PASSWORD"));
    assertThat(at("services", "postgres", "image").toString())
        .as("a version that the service knows; from 18 on its data lies one folder higher")
        .matches("postgres:18(\\.\\d+)?");
    assertThat(at("services", "postgres", "volumes"))
        .isEqualTo(List.of("postgres_data:/var/lib/postgresql"));
    assertThat(((Map<?, ?>) at("volumes")).keySet()).isEqualTo(Set.of("postgres_data"));
    assertThat(at("services", "controller-api", "depends_on", "postgres"))
        .isEqualTo(Map.of("condition", "service_healthy"));
    assertThat(at("services", "postgres", "healthcheck", "test"))
        .isEqualTo(
            List.of(
                "CMD-SHELL", "pg_isready -U %s -d %s".formatted(database.user(), database.name())));
  }

  @Test
  void theImageIsTheOneOfTheChartAndStartsAsElsewhere() throws IOException {
    String chart = Files.readString(ROOT.resolve("charts/resource-controller/Chart.yaml"));
    Matcher version = Pattern.compile("appVersion: \"?([^\"\\s]+)").matcher(chart);
    assertThat(version.find()).isTrue();
    assertThat(at("services", "controller-api", "image"))
        .isEqualTo("heal8s/resource-controller:" + version.group(1));
    String context = at("services", "controller-api", "build", "context").toString();
    assertThat(FOLDER.resolve(context).normalize()).isEqualTo(ROOT);
    String dockerfile =
        Files.readString(
            ROOT.resolve(at("services", "controller-api", "build", "dockerfile").toString()));
    assertThat(at("services", "controller-api", "build", "args", "SERVICE"))
        .isEqualTo("resource-controller");
    assertThat(dockerfile).contains("ARG SERVICE").contains("ENTRYPOINT [\"java\", ");
    String options =
        dockerfile
            .lines()
            .filter(line -> line.startsWith("ENV JDK_JAVA_OPTIONS="))
            .findFirst()
            .orElseThrow();
    assertThat(
            Files.readAllLines(ROOT.resolve("dev/launcher/resource-controller.jvm.options"))
                .stream()
                .filter(line -> line.startsWith("-")))
        .allSatisfy(option -> assertThat(options.split("[\" ]")).contains(option));
    int port = port();
    assertThat(at("services", "controller-api", "ports")).isEqualTo(List.of(port + ":" + port));
  }

  private static int port() throws IOException {
    Matcher port =
        Pattern.compile("\\$\\{API_PORT:(\\d+)}")
            .matcher(
                Files.readString(
                    ROOT.resolve("resource-controller/src/main/resources/application.yaml")));
    assertThat(port.find()).isTrue();
    return Integer.parseInt(port.group(1));
  }

  /** The very command that the container would run. */
  @Test
  void theHealthCheckTellsWhetherTheServiceAndItsDatabaseAreThere(SharedPostgres postgres)
      throws Exception {
    List<?> test = (List<?>) at("services", "controller-api", "healthcheck", "test");
    assertThat(test.getFirst()).isEqualTo("CMD");
    int port;
    try (RunningService service = RunningService.start(postgres.empty(2, 10), "AUTH=none")) {
      port = service.port();
      assertThat(exit(test, port)).isZero();
    }
    assertThat(exit(test, port)).as("nobody is there").isNotZero();
  }

  private static int exit(List<?> test, int port) throws Exception {
    int usual = port();
    List<String> command =
        test.stream()
            .skip(1)
            // A doubled dollar is one for the shell and none for Compose.
            .map(word -> word.toString().replace("$$", "$").replace("/" + usual, "/" + port))
            .toList();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
