// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, the editor answers: it edits, finds nothing to do, or refuses. */
class DamagedFilesTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final String[] TOKENS = {
    "&a ",
    "*a",
    "<<: *a\n",
    "{",
    "}",
    "[",
    "]",
    "'",
    "\"",
    "|\n",
    ">+\n",
    "- ",
    ": ",
    "#",
    "\t",
    "\r",
    "---\n",
    "...\n",
    "? ",
    "!!str ",
    "!<x> ",
    "%YAML 1.2\n",
    "{{ x }}",
    "\uFEFF",
    "\u0085",
    "😀",
    "~"
  };

  private final ManifestEditor editor = new ManifestEditor();

  @Test
  void aDamagedFileIsEditedRightlyOrRefused() throws IOException {
    Random random = new Random(20260101);
    List<GoldenCase> cases = GoldenTest.cases().toList();
    Map<String, byte[]> inputs = new HashMap<>();
    for (GoldenCase golden : cases) {
      inputs.put(golden.in(), Files.readAllBytes(GOLDEN.resolve("in").resolve(golden.in())));
    }
    int edited = 0;
    int refused = 0;
    int judged = 0;
    for (int i = 0; i < 4_000; i++) {
      GoldenCase golden = cases.get(random.nextInt(cases.size()));
      byte[] damaged = damage(Objects.requireNonNull(inputs.get(golden.in())), random);

      switch (editor.edit(damaged, golden.layout(), golden.changes())) {
        case EditResult.Edited result -> {
          edited++;
          judged += meansWhatWasPlanned(golden, damaged, result) ? 1 : 0;
        }
        case EditResult.AlreadyHolds holds -> assertThat(holds.values()).isNotEmpty();
        case EditResult.Refused result -> {
          refused++;
          assertThat(result.line()).isPositive();
          assertThat(result.reason()).isNotBlank().doesNotContain("\n", "\r");
        }
      }
      assertThat(editor.read(damaged, golden.layout(), golden.changes())).isNotNull();
    }
    assertThat(edited).as("damage often lies elsewhere").isGreaterThan(400);
    assertThat(judged).as("edits that the loader could judge").isGreaterThan(200);
    assertThat(refused).as("damage often hits").isGreaterThan(600);
  }

  /** The loader may refuse what the editor takes (other resolvers); where it reads, both agree. */
  private static boolean meansWhatWasPlanned(
      GoldenCase golden, byte[] damaged, EditResult.Edited result) {
    if (!(golden.layout() instanceof FileLayout.Manifest(DocumentIdentity target))) {
      return false;
    }
    List<?> wanted;
    List<?> loaded;
    try {
      wanted =
          LoadOracle.withChanges(
              new GeneratedFile(
                  new String(damaged, StandardCharsets.UTF_8),
                  target,
                  result.edits().stream().map(LineEdit::change).toList(),
                  true));
      loaded = LoadOracle.load(result.text());
    } catch (RuntimeException e) {
      return false;
    }
    assertThat(shown(loaded))
        .as(() -> UnifiedDiff.of("f", new String(damaged, StandardCharsets.UTF_8), result.text()))
        .isEqualTo(shown(wanted));
    return true;
  }

  /** Numbers and texts of the same spelling count as equal, and so do orders of merged keys. */
  private static Object shown(@Nullable Object node) {
    if (node instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, value) -> sorted.put(String.valueOf(key), shown(value)));
      return sorted;
    }
    return node instanceof List<?> list
        ? list.stream().map(DamagedFilesTest::shown).toList()
        : String.valueOf(node);
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged = bytes;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(damaged.length + 1);
      damaged =
          switch (random.nextInt(6)) {
            case 0 -> spliced(damaged, at, 0, new byte[] {(byte) random.nextInt(256)});
            case 1 -> spliced(damaged, at, 1 + random.nextInt(4), new byte[0]);
            case 2 -> spliced(damaged, at, random.nextInt(30), new byte[0]);
            case 3 -> spliced(damaged, at, 0, token(random));
            case 4 -> spliced(damaged, at, 1, token(random));
            default -> {
              int from = random.nextInt(damaged.length + 1);
              int length = Math.min(random.nextInt(60), damaged.length - from);
              byte[] copy = new byte[length];
              System.arraycopy(damaged, from, copy, 0, length);
              yield spliced(damaged, at, 0, copy);
            }
          };
    }
    return damaged;
  }

  private static byte[] token(Random random) {
    return TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] spliced(byte[] bytes, int at, int removed, byte[] added) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + added.length);
    int end = Math.min(bytes.length, at + removed);
    out.write(bytes, 0, at);
    out.write(added, 0, added.length);
    out.write(bytes, end, bytes.length - end);
    return out.toByteArray();
  }

  @Test
  void filesThatExplodeOrNestWithoutEndAreAnswered() {
    List<String> files = new ArrayList<>();
    files.add("[".repeat(100_000));
    files.add("{a: ".repeat(5_000) + "}".repeat(5_000));
    files.add("- ".repeat(5_000) + "x");
    files.add("a: &a\n  b: *a\n");
    files.add("&a {kind: Deployment, metadata: {name: api}, spec: *a}");
    files.add("kind: Deployment\nmetadata: {name: api}\nspec: &s\n  <<: *s\n");
    files.add("kind: Deployment\nmetadata: {name: api}\nspec: &s\n  template: {spec: *s}\n");
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    files.add(bomb + "kind: Deployment\nmetadata: {name: api}\nspec: {x: *a59}\n");
    StringBuilder merges = new StringBuilder("m0: &m0 {x: 1}\n");
    for (int i = 1; i < 60; i++) {
      merges.append("m%d: &m%d {<<: [*m%d, *m%d]}\n".formatted(i, i, i - 1, i - 1));
    }
    files.add(merges + "kind: Deployment\nmetadata: {name: api}\nspec: {<<: *m59}\n");

    for (String file : files) {
      byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
      EditResult result =
          editor.edit(
              bytes,
              new FileLayout.Manifest(new DocumentIdentity(null, "Deployment", null, "api")),
              List.of(Change.of("spec.replicas", null, "3", Change.ValueType.integer)));
      assertThat(result).as(file.substring(0, Math.min(60, file.length()))).isNotNull();
    }
  }
}
