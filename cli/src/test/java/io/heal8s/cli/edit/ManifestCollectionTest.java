// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.cli.Heal8s;
import io.heal8s.pr.manifest.Quantity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import picocli.CommandLine;

/**
 * Manifests as public repositories have them, one trouble each, through the command. {@code
 * expected.txt} holds what the command prints for each; run with {@code -Dgolden.update=true} to
 * write it anew, and read the difference. Beside that each result is read by the library's own
 * loader, which knows nothing of the editor: it must differ from the original by the value that was
 * asked for and by nothing else.
 */
class ManifestCollectionTest {

  private static final Path FOLDER = Path.of("src/test/resources/manifests");
  private static final Path EXPECTED = FOLDER.resolve("expected.txt");
  private static final String MEMORY = "512Mi";
  private static final String REPLICAS = "5";
  private static final String IMAGE = "registry.local:5000/shop/api:1.5";

  @TempDir Path folder;

  /**
   * What is asked of a file, by the first word of its name: another kind than Deployment, another
   * field than the memory limit, a namespace ({@code ns}), no container ({@code only}).
   */
  private record Asked(String kind, String field, boolean container, @Nullable String namespace) {

    private static final Map<String, String> KINDS =
        Map.of(
            "cronjob", "CronJob",
            "daemonset", "DaemonSet",
            "job", "Job",
            "pod", "Pod",
            "replicaset", "ReplicaSet",
            "rollout", "Rollout",
            "statefulset", "StatefulSet");

    static Asked of(String name) {
      List<String> words = List.of(name.split("[-.]"));
      String first = words.getFirst();
      boolean scaled = first.equals("replicas");
      String kind = KINDS.getOrDefault(scaled ? words.get(1) : first, "Deployment");
      String field = scaled || first.equals("image") ? first : "memory";
      return new Asked(kind, field, !first.equals("only"), first.equals("ns") ? "prod" : null);
    }
  }

  private record Result(int code, String out, String err) {}

  static List<String> manifests() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("expected.txt"))
          .sorted()
          .toList();
    }
  }

  private static Result edit(byte[] input, String name, boolean write, Object file) {
    Asked asked = Asked.of(name);
    List<String> line = new ArrayList<>(List.of(file.toString()));
    line.addAll(List.of("--target", asked.kind() + "/api"));
    if (asked.container()) {
      line.addAll(List.of("--container", "api"));
    }
    if (asked.namespace() != null) {
      line.addAll(List.of("--namespace", asked.namespace()));
    }
    line.addAll(
        switch (asked.field()) {
          case "image" -> List.of("--image", IMAGE);
          case "replicas" -> List.of("--replicas", REPLICAS);
          default -> List.of("--memory", MEMORY);
        });
    if (write) {
      line.add("--write");
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        new CommandLine(new EditCommand(new ByteArrayInputStream(input)))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err, true));
    int code = command.execute(line.toArray(String[]::new));
    return new Result(code, out.toString(), err.toString());
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(name));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void onlyWhatWasAskedForDiffers(String name) throws IOException {
    byte[] before = bytes(name);
    Result result = edit(before, name, true, "-");
    if (result.code() != 0) {
      assertThat(result.code()).as(result.err()).isEqualTo(3);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).hasLineCount(1).matches("-:[0-9]+: [^\n]{10,}\n");
      return;
    }
    List<@Nullable Object> wanted = load(new String(before, UTF_8));
    Asked asked = Asked.of(name);
    Map<Object, @Nullable Object> object = object(wanted, asked);
    switch (asked.field()) {
      case "image" -> container(object).put("image", IMAGE);
      case "replicas" -> child(object, "spec").put("replicas", Integer.valueOf(REPLICAS));
      default -> raise(container(object));
    }
    assertThat(load(result.out())).isEqualTo(wanted);
    assertThat(edit(result.out().getBytes(UTF_8), name, true, "-").out())
        .as("a second edit changes nothing")
        .isEqualTo(result.out());
  }

  /** The file is replaced by the very bytes that a pipe gets. */
  @ParameterizedTest
  @MethodSource("manifests")
  void filesAndPipesGetTheSame(String name) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes(name));

    Result written = edit(new byte[0], name, true, file);
    Result piped = edit(bytes(name), name, true, "-");

    assertThat(written.code()).isEqualTo(piped.code());
    assertThat(Files.readString(file))
        .isEqualTo(piped.code() == 0 ? piped.out() : new String(bytes(name), UTF_8));
  }

  @Test
  void whatIsPrintedIsWhatIsExpected() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : manifests()) {
      Result result = edit(bytes(name), name, false, "-");
      text.append("== ").append(name).append(": ").append(result.code()).append('\n');
      text.append(visible(result.out())).append(visible(result.err()));
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(EXPECTED, text);
    }
    assertThat(text.toString()).isEqualTo(Files.readString(EXPECTED));
    assertThat(manifests()).hasSizeGreaterThanOrEqualTo(30);
  }

  /** Line ends and marks that no editor shows, and a text file might lose. */
  private static String visible(String text) {
    return text.replace("\r", "␍").replace("\ufeff", "<BOM>").replace("\u2028", "<LS>");
  }

  @Test
  void standardInputIsTheOnlyFile() {
    StringWriter err = new StringWriter();
    int code =
        Heal8s.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(err, true))
            .execute("edit", "-", "api.yaml", "--target", "Deployment/api", "--replicas", "3");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("- is standard input").hasLineCount(1);
  }

  /** The limit, and the request where it was the same amount. */
  private static void raise(Map<Object, @Nullable Object> container) {
    Map<Object, @Nullable Object> resources = child(container, "resources");
    Object limit = child(resources, "limits").get("memory");
    Object request =
        resources.get("requests") instanceof Map<?, ?> requests ? requests.get("memory") : null;
    put(resources, "limits");
    if (limit != null
        && request != null
        && Quantity.same(String.valueOf(limit), String.valueOf(request))) {
      put(resources, "requests");
    }
  }

  /** Amounts that are 512Mi already stay as they are written. */
  private static void put(Map<Object, @Nullable Object> resources, String key) {
    Map<Object, @Nullable Object> amounts = child(resources, key);
    Object held = amounts.get("memory");
    if (held == null || !Quantity.same(held.toString(), MEMORY)) {
      amounts.put("memory", MEMORY);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, @Nullable Object> child(
      Map<Object, @Nullable Object> map, String key) {
    if (!(map.get(key) instanceof Map<?, ?>)) {
      map.put(key, new LinkedHashMap<>());
    }
    return (Map<Object, @Nullable Object>) Objects.requireNonNull(map.get(key));
  }

  private static Map<Object, @Nullable Object> object(
      List<@Nullable Object> documents, Asked asked) {
    List<Map<Object, @Nullable Object>> found = new ArrayList<>();
    documents.forEach(document -> collect(document, asked, found));
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** The workload api, wherever it lies. */
  @SuppressWarnings("unchecked")
  private static void collect(
      @Nullable Object node, Asked asked, List<Map<Object, @Nullable Object>> found) {
    if (node instanceof List<?> list) {
      list.forEach(one -> collect(one, asked, found));
    }
    if (!(node instanceof Map<?, ?> map)) {
      return;
    }
    if (asked.kind().equals(map.get("kind"))
        && map.get("metadata") instanceof Map<?, ?> metadata
        && "api".equals(metadata.get("name"))
        && (asked.namespace() == null || asked.namespace().equals(metadata.get("namespace")))) {
      found.add((Map<Object, @Nullable Object>) map);
    }
    collect(map.get("items"), asked, found);
  }

  /** The container api, or the only one. */
  private static Map<Object, @Nullable Object> container(Map<?, ?> object) {
    List<Map<Object, @Nullable Object>> all = new ArrayList<>();
    containers(object, all);
    List<Map<Object, @Nullable Object>> named =
        all.stream().filter(one -> "api".equals(one.get("name"))).toList();
    List<Map<Object, @Nullable Object>> found = named.isEmpty() ? all : named;
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  @SuppressWarnings("unchecked")
  private static void containers(Map<?, ?> map, List<Map<Object, @Nullable Object>> found) {
    map.forEach(
        (key, value) -> {
          if ("containers".equals(key) && value instanceof List<?> containers) {
            containers.stream()
                .filter(one -> one instanceof Map<?, ?>)
                .forEach(one -> found.add((Map<Object, @Nullable Object>) one));
          } else if (value instanceof Map<?, ?> deeper) {
            containers(deeper, found);
          }
        });
  }

  /** All documents, each node its own, merge keys carried out; documents without content too. */
  private static List<@Nullable Object> load(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setAllowNonScalarKeys(true)
            .setSchema(new CoreSchema())
            .build();
    List<@Nullable Object> documents = new ArrayList<>();
    new Load(settings).loadAllFromString(text).forEach(one -> documents.add(own(one)));
    return documents;
  }

  private static @Nullable Object own(@Nullable Object node) {
    if (node instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(one -> copy.add(own(one)));
      return copy;
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node;
    }
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!"<<".equals(key)) {
            copy.put(key, own(value));
          }
        });
    Object merged = map.get("<<");
    List<?> sources =
        merged instanceof List<?> several ? several : merged == null ? List.of() : List.of(merged);
    for (Object source : sources) {
      if (own(source) instanceof Map<?, ?> entries) {
        entries.forEach((key, value) -> copy.putIfAbsent(key, value));
      }
    }
    return copy;
  }
}
