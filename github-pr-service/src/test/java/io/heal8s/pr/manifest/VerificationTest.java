// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last line of defence: each wrong result that an edit could have is seen. */
class VerificationTest {

  private static final String BEFORE = "a: {m: 1Gi, n: '5'}\nb: [x, 1, ~]\nc: yes\n";

  private static boolean holds(String before, String after, String path, String wanted) {
    Change change = Change.of(path, null, wanted, ValueType.string);
    List<FieldPath.Segment> segments = FieldPath.parse(path).segments();
    List<Object> keys = segments.stream().map(s -> (Object) ((FieldPath.Key) s).name()).toList();
    PlannedChange planned = new PlannedChange(change, 0, segments, keys, null);
    return Verification.holds(
        ParsedFile.parse(Source.of(before)),
        ParsedFile.parse(Source.of(after)),
        List.of(planned),
        false);
  }

  @Test
  void thePlannedResultHolds() {
    assertThat(holds(BEFORE, BEFORE.replace("1Gi", "2Gi"), "a.m", "2Gi")).isTrue();
    assertThat(holds(BEFORE, BEFORE.replace("c: yes", "c: yes\nd: {e: 2Gi}"), "d.e", "2Gi"))
        .isTrue();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1Gi|3Gi|another value",
        "m: 1Gi|m: 2Gi, o: 1|a further key",
        "{m: 1Gi, n: '5'}|{m: 2Gi}|a lost key",
        "m: 1Gi, n: '5'|m: 2Gi, n: 5|a text that became a number elsewhere",
        "1Gi|[2Gi]|a list instead of a value",
        "{m: 1Gi, n: '5'}|{n: '5'}|the value is missing",
        "m: 1Gi, n: '5'}\\nb: [x, 1|m: 2Gi, n: '5'}\\nb: [x, '1'|a number that became a text in a list",
        "1Gi, n: '5'}\\nb: [x, 1, ~]|2Gi, n: '5'}\\nb: [x, 1]|a lost item",
        "1Gi, n: '5'}\\nb: [x, 1, ~]\\nc: yes|2Gi, n: '5'}\\nb: [x, 1, ~]\\nc: true|a boolean spelled anew",
        "1Gi, n: '5'}\\nb: [x, 1, ~]\\nc: yes|2Gi, n: '5'}\\nb: [x, 1, ~]\\nc: yes\\n---\\nd: 1|a further document"
      })
  void anyOtherResultDoesNot(String part, String became, String because) {
    String after = BEFORE.replace(unescaped(part), unescaped(became));
    assertThat(after).isNotEqualTo(BEFORE);
    assertThat(holds(BEFORE, after, "a.m", "2Gi")).as(because).isFalse();
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }

  @Test
  void aNumberWhereATextWasPlannedDoesNotHold() {
    assertThat(holds(BEFORE, BEFORE.replace("1Gi", "5"), "a.m", "5")).isFalse();
    assertThat(holds(BEFORE, BEFORE.replace("1Gi", "'5'"), "a.m", "5")).isTrue();
  }

  @Test
  void otherUsersOfAnAnchorMustKeepTheirValue() {
    String before = "a: {m: &x 1Gi}\nb: *x\n";

    assertThat(holds(before, "a: {m: &x 2Gi}\nb: *x\n", "a.m", "2Gi")).isFalse();
    assertThat(holds(before, "a: {m: 2Gi}\nb: &x 1Gi\n", "a.m", "2Gi")).isTrue();
  }

  @Test
  void whatAMergeKeyGivesCounts() {
    String before = "d: &d {m: 1Gi, n: 2}\na: {<<: *d}\n";

    assertThat(holds(before, "d: &d {m: 1Gi, n: 2}\na: {<<: *d, m: 2Gi}\n", "a.m", "2Gi")).isTrue();
    assertThat(holds(before, "d: &d {m: 1Gi, n: 2}\na: {m: 2Gi}\n", "a.m", "2Gi")).isFalse();
    assertThat(holds(before, "d: &d {m: 2Gi, n: 2}\na: {<<: *d}\n", "a.m", "2Gi")).isFalse();
  }
}
