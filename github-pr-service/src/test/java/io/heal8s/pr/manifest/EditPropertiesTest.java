// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Change;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/**
 * What holds for every edit of every file. Each run makes up other files: many runs see more than a
 * long one.
 */
class EditPropertiesTest {

  private final ManifestEditor editor = new ManifestEditor();

  @Provide
  Arbitrary<GeneratedFile> files() {
    return Arbitraries.randomValue(FileGenerator::generate);
  }

  @Property(tries = 1_200, shrinking = ShrinkingMode.OFF)
  @StatisticsReport(StatisticsReportMode.OFF)
  void onlyThePlannedValuesDiffer(@ForAll("files") GeneratedFile file) {
    Statistics.collect(file.shared());
    Statistics.coverage(c -> c.check(true).percentage(p -> p > 10));
    EditResult.Edited edited = edited(file);

    assertThat(LoadOracle.load(edited.text()))
        .as(() -> UnifiedDiff.of("f", file.text(), edited.text()))
        .isEqualTo(LoadOracle.withChanges(file));
    assertThat(edited.edits()).hasSize(file.changes().size());
    List<String> lines = edited.text().lines().toList();
    for (LineEdit edit : edited.edits()) {
      assertThat(lines.get(edit.line() - 1)).contains(String.valueOf(edit.after()));
    }
    assertThat(editor.edit(edited.bytes(), file.layout(), file.changes()))
        .as("the second edit")
        .isInstanceOf(EditResult.AlreadyHolds.class);
    if (!file.shared()) {
      assertOtherLinesStay(file, edited);
    }
  }

  private static void assertOtherLinesStay(GeneratedFile file, EditResult.Edited edited) {
    String diff = UnifiedDiff.of("f", file.text(), edited.text());
    List<String> body = diff.lines().skip(2).toList();
    int changes = file.changes().size();

    assertThat(body.stream().filter(l -> l.startsWith("-")).count())
        .as(() -> "lines that go:\n" + diff)
        .isLessThanOrEqualTo(2L * changes);
    assertThat(body.stream().filter(l -> l.startsWith("+")).count())
        .as(() -> "lines that come:\n" + diff)
        .isLessThanOrEqualTo(6L * changes);
    assertThat(edited.text().chars().filter(c -> c == '#').count())
        .as(() -> "no comment goes or comes:\n" + diff)
        .isEqualTo(file.text().chars().filter(c -> c == '#').count());
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void aReversedChangeRestoresTheMeaning(@ForAll("files") GeneratedFile file) {
    List<Change> present = file.changes().stream().filter(c -> c.before() != null).toList();
    if (present.isEmpty()) {
      return;
    }
    EditResult.Edited edited =
        edited(new GeneratedFile(file.text(), file.target(), present, file.shared()));

    EditResult back =
        editor.edit(edited.bytes(), file.layout(), present.stream().map(Change::reversed).toList());

    assertThat(back).isInstanceOf(EditResult.Edited.class);
    String restored = ((EditResult.Edited) back).text();
    assertThat(LoadOracle.load(restored)).isEqualTo(LoadOracle.load(file.text()));
    if (!file.shared()) {
      assertThat(restored.lines().count()).isEqualTo(file.text().lines().count());
    }
  }

  private EditResult.Edited edited(GeneratedFile file) {
    EditResult result =
        editor.edit(file.text().getBytes(StandardCharsets.UTF_8), file.layout(), file.changes());
    assertThat(result).as(file.text()).isInstanceOf(EditResult.Edited.class);
    return (EditResult.Edited) result;
  }
}
