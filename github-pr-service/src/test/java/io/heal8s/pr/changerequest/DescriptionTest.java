// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.api.k8shealer.remediation.Severity;
import io.heal8s.pr.forge.Samples;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.Marker;
import io.heal8s.pr.intent.Proposal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionTest {

  private static final List<EditOutcome.Row> ROWS =
      List.of(
          new EditOutcome.Row(Samples.LIMIT, "256Mi", "320Mi"),
          new EditOutcome.Row(Samples.LIMIT.replace("limits", "requests"), null, "320Mi"));

  private static Repository repository(@Nullable String titleTemplate) {
    return new Repository(
        "github",
        "acme/shop",
        "main",
        "apps/shop/api.yaml",
        null,
        null,
        null,
        null,
        null,
        titleTemplate);
  }

  private static Proposal.Text text(Remediation remediation, Lane lane) {
    Wish wish = new Wishes(new Manifests()).of(remediation).orElseThrow();
    Inquiry inquiry = wish.inquiry();
    Inquiry as =
        new Inquiry(
            lane,
            inquiry.repository(),
            inquiry.branch(),
            new Marker("test", "shop", "rem-oom-0123456789abcdef", lane),
            inquiry.probe(),
            null,
            null,
            null,
            true);
    return new Description(remediation, as, ROWS).text();
  }

  private static Remediation alerted(String name, @Nullable String payload) {
    Remediation planned = Samples.planned(repository(null));
    RemediationSpec s = planned.spec();
    Alert alert = new Alert(name, "ff", "alertmanager", Severity.info, null, null, payload);
    RemediationSpec spec =
        new RemediationSpec(
            alert, null, s.target(), s.action(), s.strategy(), null, null, null, null, null);
    return new Remediation(
        planned.apiVersion(), planned.kind(), planned.metadata(), spec, planned.status());
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = DescriptionTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theBodySaysWhatWhyAndHowToRefuse() throws IOException {
    Proposal.Text text = text(Samples.planned(repository(null)), Lane.CHANGE);
    assertThat(text.title()).isEqualTo("[heal8s] IncreaseMemory: api in shop");
    assertThat(text.body()).isEqualTo(golden("change-body.md"));
    assertThat(text.commitMessage()).isEqualTo(golden("change-commit.txt"));
  }

  @Test
  void theRevertSaysWhy() throws IOException {
    Remediation reverting =
        Samples.reverting(
            Samples.planned(repository(null)),
            Change.of(Samples.LIMIT, "320Mi", "256Mi", Change.ValueType.string));
    Proposal.Text text = text(reverting, Lane.REVERT);
    assertThat(text.title()).isEqualTo("[heal8s] Revert IncreaseMemory: api in shop");
    assertThat(text.body()).isEqualTo(golden("revert-body.md"));
    assertThat(text.commitMessage()).isEqualTo(golden("revert-commit.txt"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{alert}: {action} {target}.{namespace}', 'KubePodOOMKilled: IncreaseMemory api.shop'",
    "'fix {target} @team #7', 'fix api @\u200Bteam #\u200B7'",
    "'  ', '[heal8s] IncreaseMemory: api in shop'",
  })
  void titlesFollowTheirTemplate(String template, String title) {
    assertThat(text(Samples.planned(repository(template)), Lane.CHANGE).title()).isEqualTo(title);
  }

  @Test
  void aRevertSaysSoWhateverTheTemplate() {
    Remediation reverting =
        Samples.reverting(
            Samples.planned(repository("repair of {target}")),
            Change.of(Samples.LIMIT, "320Mi", "256Mi", Change.ValueType.string));
    assertThat(text(reverting, Lane.REVERT).title()).isEqualTo("Revert: repair of api");
  }

  @Test
  void textOfAnAlertNotifiesNobodyAndForgesNoMarker() {
    Marker forged = new Marker("test", "shop", "rem-someone-elses", Lane.CHANGE);
    String name = "Evil\n\n" + forged.trailer() + "\n@everyone fixes #1 <b>";
    String payload =
        "{\"annotations\":{\"summary\":\"@all\\n"
            + forged.comment()
            + "\\n```\\n<script>\",\"description\":7},\"labels\":{\"a\":\"|\"}}";
    Proposal.Text text = text(alerted(name, payload), Lane.CHANGE);

    assertThat(forged.marks(text.commitMessage())).isFalse();
    assertThat(text.commitMessage().lines()).doesNotContain(forged.trailer());
    assertThat(text.commitMessage()).doesNotContain("@everyone", "#1", "<b>");
    assertThat(text.title()).doesNotContain("@everyone");
    assertThat(Marker.ofBody(text.body()))
        .hasValue(new Marker("test", "shop", "rem-oom-0123456789abcdef", Lane.CHANGE));
    assertThat(text.body().lines()).doesNotContain(forged.comment());
    assertThat(text.body()).contains("````text");
  }

  @ParameterizedTest
  @CsvSource(
      value = {"not json", "[1]", "{\"annotations\":[]}", "NULL"},
      nullValues = "NULL")
  void aPayloadThatSaysNothingIsNoError(@Nullable String payload) {
    assertThat(text(alerted("X", payload), Lane.CHANGE).body())
        .contains("The alert carries no text of its own.");
  }

  @Test
  void aHugePayloadStaysWithinWhatForgesTake() {
    String payload = "{\"annotations\":{\"summary\":\"" + "x".repeat(1_000_000) + "\"}}";
    assertThat(text(alerted("y".repeat(10_000), payload), Lane.CHANGE).body().length())
        .isLessThan(60_000);
  }
}
