// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files as public repositories have them. To add a case: write {@code case/NAME.yaml}, run with
 * {@code -Dgolden.write=true} to have {@code out/NAME.yaml} written, and read the difference.
 */
class GoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private final ManifestEditor editor = new ManifestEditor();

  static Stream<GoldenCase> cases() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN.resolve("case"))) {
      return files.sorted().map(GoldenCase::read).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fileIsEditedAsTheCaseSays(GoldenCase golden) throws IOException {
    byte[] in = Files.readAllBytes(GOLDEN.resolve("in").resolve(golden.in()));

    EditResult result = editor.edit(in, golden.layout(), golden.changes());

    switch (result) {
      case EditResult.Edited edited -> {
        assertThat(golden.result()).as("edited: %s", edited.edits()).isEqualTo("edited");
        assertEdited(golden, in, edited);
      }
      case EditResult.AlreadyHolds holds ->
          assertThat(golden.result()).as(holds.toString()).isEqualTo("holds");
      case EditResult.Refused refused -> {
        assertThat(golden.result()).as(refused.toString()).isEqualTo("refused");
        assertThat(refused.refusal().name()).isEqualTo(golden.refusal());
        assertThat(refused.line()).as(refused.reason()).isEqualTo(golden.line());
        assertThat(refused.reason()).contains(Objects.requireNonNull(golden.reason()));
        assertThat(refused.reason()).doesNotContain("\n");
      }
    }
  }

  private void assertEdited(GoldenCase golden, byte[] in, EditResult.Edited edited)
      throws IOException {
    Path out = GOLDEN.resolve("out").resolve(golden.out());
    if (Boolean.getBoolean("golden.write") && !Files.exists(out)) {
      Files.write(out, edited.bytes());
    }
    assertThat(edited.bytes()).isNotEqualTo(in);
    assertThat(edited.text()).isEqualTo(Files.readString(out));
    assertThat(edited.bytes()).isEqualTo(Files.readAllBytes(out));
    assertThat(edited.edits().stream().map(LineEdit::line).toList()).isEqualTo(golden.lines());
    assertThat(editor.edit(edited.bytes(), golden.layout(), golden.changes()))
        .as("a second edit finds nothing to do")
        .isInstanceOf(EditResult.AlreadyHolds.class);
  }

  @Test
  void noFileIsLeftWithoutACase() throws IOException {
    Set<String> inputs = new TreeSet<>(cases().map(GoldenCase::in).toList());
    Set<String> outputs =
        cases()
            .filter(c -> c.result().equals("edited"))
            .map(GoldenCase::out)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(names("in")).isEqualTo(inputs);
    assertThat(names("out")).isEqualTo(outputs);
  }

  private static Set<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN.resolve(folder))) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
