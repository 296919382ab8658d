// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MarkerTest {

  private static final Marker MARKER = new Marker("prod", "shop", "rem-1", Lane.CHANGE);

  @Test
  void aCommitIsOursByTheTrailerInItsLastParagraph() {
    assertThat(MARKER.marks("heal8s: x\n\nWhy\n\nHeal8s-Plan: p\n" + MARKER.trailer() + "\n"))
        .isTrue();
    assertThat(MARKER.marks("x\n\n" + MARKER.trailer() + "\nSigned-off-by: A Reviewer <a@b.c>\n"))
        .as("because reviewers who amend add their own trailers")
        .isTrue();
    assertThat(MARKER.marks("x\n\n" + MARKER.trailer() + "\n\nSomething else\n"))
        .as("because a quotation in the text is no trailer")
        .isFalse();
    assertThat(MARKER.marks("")).isFalse();
  }

  @Test
  void aCommitForAnotherRemediationLaneOrClusterIsNotOurs() {
    String message = "x\n\n" + MARKER.trailer();
    assertThat(new Marker("prod", "shop", "rem-2", Lane.CHANGE).marks(message)).isFalse();
    assertThat(new Marker("prod", "shop", "rem-1", Lane.REVERT).marks(message)).isFalse();
    assertThat(new Marker("test", "shop", "rem-1", Lane.CHANGE).marks(message)).isFalse();
    assertThat(new Marker("prod", "shop", "rem", Lane.CHANGE).marks(message)).isFalse();
  }

  @Test
  void theLastCommentOfABodyCounts() {
    Marker forged = new Marker("prod", "shop", "rem-other", Lane.CHANGE);
    String body = "text\n" + forged.comment() + "\nmore\n" + MARKER.comment() + "\r\n\n";
    assertThat(Marker.ofBody(body)).hasValue(MARKER);
    assertThat(Marker.ofBody("text")).isEmpty();
    assertThat(Marker.ofBody("<!-- heal8s-remediation: change %zz/a/b -->")).isEmpty();
  }

  @Property(tries = 300)
  void anyClusterNameSurvivesInAHarmlessComment(@ForAll @StringLength(max = 40) String cluster) {
    // What is no character cannot be spelled in UTF-8.
    String name = cluster.replaceAll("\\p{Cs}", "");
    Marker marker = new Marker(name, "shop", "rem-1", Lane.REVERT);
    assertThat(Marker.ofBody("x\n" + marker.comment())).hasValue(marker);
    String inside = marker.comment().substring(4, marker.comment().length() - 3);
    assertThat(inside).doesNotContain("--").doesNotContain(">");
    assertThat(marker.marks("x\n\n" + marker.trailer())).isTrue();
  }
}
