// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.GitServer;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.RealSink;
import io.heal8s.resource.testing.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class GitInputTest {

  @TempDir private Path directory;
  private GitServer server;
  private RealSink sink;

  @BeforeEach
  void start(Database database) throws Exception {
    server = new GitServer(directory);
    sink = new RealSink(database);
    server.file("infra/a.yaml", database("a", 1)).file("README.md", "# infra").commit();
  }

  @AfterEach
  void stop() throws Exception {
    sink.close();
    server.close();
  }

  private static String database(String name, int size) {
    return """
    name: %s
    resource_type_name: Database
    resource_type_version: v1
    action_plugin: instant
    spec: {size: %d}
    """
        .formatted(name, size);
  }

  private Map<String, String> settings() {
    return new HashMap<>(Map.of("repository", server.address(), "path", "infra"));
  }

  private GitRound round() {
    return round(settings());
  }

  private GitRound round(Map<String, String> settings) {
    return new GitRound(GitSource.read(settings).orElseThrow(), sink.of("git"), Clock.systemUTC());
  }

  @Test
  void theDirectoryIsFollowed() throws Exception {
    GitRound round = round();
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));

    server.file("infra/deep/er/b.yml", database("b", 2) + "---\n" + database("c", 3));
    server.file("elsewhere/d.yaml", database("d", 4)).commit();
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1, "b", 2, "c", 3));

    server.file("infra/a.yaml", database("a", 10)).file("infra/deep/er/b.yml", database("c", 3));
    server.commit();
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 10, "c", 3));
    Resource a = sink.resources().findByName("Database", "v1", "a").orElseThrow();
    assertThat(a.generation()).isEqualTo(2);
    assertThat(a.metadata().path("source").path("part").asString()).isEqualTo("infra/a.yaml");
  }

  @Test
  void aRoundWithoutACommitFetchesAndWritesNothing() throws Exception {
    GitRound round = round();
    round.once();
    Resource before = sink.all().getFirst();
    int fetches = server.fetches();
    assertThat(round.once()).isEmpty();
    assertThat(server.fetches()).as("refs alone are asked for").isLessThanOrEqualTo(fetches + 1);
    assertThat(sink.all().getFirst()).isEqualTo(before);

    assertThat(round().once()).as("a process that starts anew").isEmpty();
    assertThat(sink.all().getFirst()).isEqualTo(before);
  }

  @Test
  void aBadFileIsToldAndHurtsNoOther() throws Exception {
    server.file("infra/b.yaml", database("b", 2)).commit();
    GitRound round = round();
    round.once();

    server.file("infra/a.yaml", database("a", 11)).file("infra/b.yaml", "name: [b\n").commit();
    assertThat(round.once()).singleElement().asString().startsWith("infra/b.yaml: is no YAML");
    assertThat(sink.sizes()).as("b is unclear, not gone").isEqualTo(Map.of("a", 11, "b", 2));

    server.file("infra/b.yaml", database("b", 2).replace("size: 2", "size: big")).commit();
    assertThat(round.once())
        .singleElement()
        .asString()
        .startsWith("infra/b.yaml: b: Spec validation failed: size");
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 11, "b", 2));

    server.file("infra/b.yaml", database("b", 3)).commit();
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 11, "b", 3));
  }

  @Test
  void aNameInTwoFilesCountsInNeither() throws Exception {
    GitRound round = round();
    round.once();
    server.file("infra/b.yaml", database("a", 2)).commit();
    assertThat(round.once())
        .containsExactly("infra/b.yaml: Database/v1 a is also in infra/a.yaml; neither counts");
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void aNameInTwoVersionsIsOneName() throws Exception {
    sink.storeAsV2();
    GitRound round = round();
    round.once();
    server.file("infra/b.yaml", inV2("a", 2)).commit();
    assertThat(round.once())
        .containsExactly("infra/b.yaml: Database/v2 a is also in infra/a.yaml; neither counts");
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void aFileMaySayTheSameInTheVersionThatIsStoredAlsoBeforeTheMigration() throws Exception {
    GitRound round = round();
    round.once();
    sink.storeAsV2();
    server.file("infra/a.yaml", inV2("a", 2)).commit();
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 2));
    assertThat(sink.versions()).isEqualTo(Map.of("a", "v1"));
    sink.migrate();
    assertThat(round().once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 2));
    assertThat(sink.all().getFirst().generation()).isEqualTo(2);
  }

  @Test
  void whatIsStoredInAVersionThatNothingLeadsToAnyMoreIsToldAndStays() throws Exception {
    GitRound round = round();
    round.once();
    sink.storeAsV2();
    sink.migrate();
    sink.forgetConversions();
    assertThat(round().once())
        .containsExactly("infra/a.yaml: a: Database/v2 has no conversion from v1");
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void nothingIsDeletedWhileItIsUnclearWhichResourceADocumentMeans() throws Exception {
    server.file("infra/b.yaml", database("b", 2)).commit();
    GitRound round = round();
    round.once();
    server.file("infra/a.yaml", null);
    for (String unclear :
        List.of(
            database("b", 2).replace("v1", "v7"),
            database("b", 2).replace("Database", "Databse"),
            database("b", 2).replace("name: b", "name: b/b"))) {
      server.file("infra/b.yaml", unclear).commit();
      assertThat(round.once())
          .hasSize(2)
          .contains("nothing is deleted while it is unclear which resource a document means");
      assertThat(sink.sizes()).as(unclear).isEqualTo(Map.of("a", 1, "b", 2));
    }
    server.file("infra/b.yaml", database("b", 3)).commit();
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("b", 3));
  }

  private static String inV2(String name, int size) {
    return database(name, size).replace("v1", "v2").replace("size", "gigabytes");
  }

  @Test
  void aRepositoryThatCannotBeReadDeletesNothing() throws Exception {
    GitRound round = round();
    round.once();
    server.answer(503);
    assertThat(round.once()).singleElement().asString().contains("so nothing is changed");
    assertThat(round(settings()).once()).singleElement().asString().contains("cannot be read");
    server.answer(0);

    Map<String, String> other = settings();
    other.put("branch", "release");
    assertThat(round(other).once()).singleElement().asString().contains("refs/heads/release");
    server.file("infra/a.yaml", null).commit();
    assertThat(round.once()).singleElement().asString().contains("no directory infra");
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1));

    server.file("infra/README.md", "empty on purpose").commit();
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEmpty();
  }

  @Test
  void whatOthersBroughtIsNotDeletedAndWhatAnotherSourceBringsNotTaken() throws Exception {
    InputSink other = sink.of("http_polling");
    InputSink.Wanted wanted =
        new InputSink.Wanted(
            new InputSink.Key("Database", "v1", "theirs"),
            "instant",
            Samples.json("{\"size\":7}"),
            Samples.json("{}"),
            Map.of(),
            new InputSink.Origin("https://list", ""));
    assertThat(other.apply(wanted)).isInstanceOf(InputSink.Receipt.Accepted.class);
    server.file("infra/b.yaml", database("theirs", 1)).commit();
    GitRound round = round();
    assertThat(round.once())
        .containsExactly(
            "infra/b.yaml: theirs: theirs is delivered from http_polling https://list: take it out there first");
    server.file("infra/b.yaml", null).commit();
    assertThat(round.once()).isEmpty();
    assertThat(sink.sizes()).isEqualTo(Map.of("a", 1, "theirs", 7));
  }

  @Test
  void aPasswordIsReadFromAFileAndShownNowhere() throws Exception {
    server.demand("hush-hush");
    Map<String, String> settings = settings();
    assertThat(round(settings).once()).hasSize(1);
    Path file = directory.resolve("password");
    settings.put("passwordFile", file.toString());
    GitRound round = round(settings);
    assertThat(round.once()).singleElement().asString().doesNotContain("hush");
    Files.writeString(file, "hush-hush\n");
    assertThat(round.once()).isEmpty();
    assertThat(sink.all().toString() + sink.all().getFirst().metadata()).doesNotContain("hush");
  }

  @Test
  void anotherProcessAtWorkIsLeftAlone() {
    GitRound round = round();
    String source = GitSource.read(settings()).orElseThrow().source();
    assertThat(sink.of("git").alone(source, () -> assertThat(round.once()).isEmpty())).isTrue();
    assertThat(sink.sizes()).isEmpty();
    round.once();
    assertThat(sink.sizes()).hasSize(1);
  }

  @Test
  void thePluginLooksByItself() throws Exception {
    Map<String, String> settings = settings();
    settings.put("interval", "0.1");
    try (GitInput plugin = new GitInput()) {
      plugin.open(GivenEnvironment.of(settings));
      plugin.start(sink.of("git"));
      await().until(() -> sink.sizes().containsKey("a"));
      server.file("infra/b.yaml", "]").commit();
      await().until(() -> !plugin.health().healthy());
      server.file("infra/b.yaml", database("b", 2)).commit();
      await().until(() -> sink.sizes().containsKey("b") && plugin.health().healthy());
    }
  }

  @Test
  void wrongSettingsAreNamed() {
    for (Map.Entry<Map<String, String>, String> each :
        List.of(
            Map.entry(Map.of("repositry", "x"), "PLUGIN_CONFIGS: git has no setting repositry"),
            Map.entry(Map.of("repository", "https://u:p@host/x"), "use passwordFile"),
            Map.entry(Map.of("repository", "ftp://host/x"), "must be an address of https"),
            Map.entry(
                Map.of("repository", "https://host/x", "path", "../x"), "must be a directory"),
            Map.entry(
                Map.of("repository", "https://host/x", "interval", "often"),
                "interval of git is 'often'"))) {
      assertThatThrownBy(() -> GitSource.read(each.getKey()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(each.getValue())
          .hasMessageNotContaining(":p@");
    }
  }
}
