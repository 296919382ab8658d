// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffTest {

  @Test
  void equalTextsHaveNoDifference() {
    assertThat(UnifiedDiff.of("a.yaml", "a\n", "a\n")).isEmpty();
  }

  @Test
  void threeLinesOfContextStandAroundAChange() {
    assertThat(
            UnifiedDiff.of(
                "dir/a.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n"))
        .isEqualTo(
            "--- a/dir/a.yaml\n+++ b/dir/a.yaml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
  }

  @Test
  void aMissingFinalLineBreakIsNoted() {
    assertThat(UnifiedDiff.of("a", "1\n2", "1\n3"))
        .isEqualTo(
            """
            --- a/a
            +++ b/a
            @@ -1,2 +1,2 @@
             1
            -2
            \\ No newline at end of file
            +3
            \\ No newline at end of file
            """);
  }

  @Test
  void windowsLineEndsStay() {
    assertThat(UnifiedDiff.of("a", "1\r\n2\r\n", "1\r\n3\r\n")).contains(" 1\r\n-2\r\n+3\r\n");
  }

  @Test
  void namesWithBlanksEndInATabAsGitWritesThem() {
    assertThat(UnifiedDiff.of("a b.yaml", "1\n", "2\n")).startsWith("--- a/a b.yaml\t\n");
    assertThat(UnifiedDiff.of("a\"b", "1\n", "2\n")).startsWith("--- \"a/a\\\"b\"\n");
  }

  /** git itself is the judge: what it makes of the old file and the difference is the new file. */
  @Test
  void gitAppliesWhatIsPrinted(@TempDir Path folder) throws IOException, InterruptedException {
    Random random = new Random(7);
    StringBuilder patch = new StringBuilder();
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String before = text(random);
      String after = mutate(before, random);
      Files.writeString(folder.resolve("f " + i), before);
      patch.append(UnifiedDiff.of("f " + i, before, after));
      wanted.add(after);
    }
    Files.write(folder.resolve("p"), patch.toString().getBytes(StandardCharsets.UTF_8));

    Process git =
        new ProcessBuilder("git", "apply", "--whitespace=nowarn", "p")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(git.waitFor()).as(said).isZero();
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(Files.readString(folder.resolve("f " + i))).isEqualTo(wanted.get(i));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int lines = 1 + random.nextInt(40);
    for (int i = 0; i < lines; i++) {
      text.append("line ").append(random.nextInt(6)).append(random.nextInt(9) == 0 ? "\r\n" : "\n");
    }
    return random.nextBoolean() ? text.toString() : text + "last";
  }

  private static String mutate(String text, Random random) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(3)) {
        case 0 -> lines.add(at, "new " + random.nextInt(3) + "\n");
        case 1 -> lines.set(at, "changed " + random.nextInt(3) + "\n");
        default -> {
          if (lines.size() > 1) {
            lines.remove(at);
          }
        }
      }
    }
    return String.join("", lines);
  }
}
