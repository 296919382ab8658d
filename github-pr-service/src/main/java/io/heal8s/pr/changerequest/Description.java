// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.Detector;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Revert;
import io.heal8s.pr.changerequest.EditOutcome.Row;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.Proposal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people read at a forge: title, body and commit message of one pull request. */
final class Description {

  private static final String TITLE = "[heal8s] {action}: {target} in {namespace}";
  private static final int LONGEST_TITLE = 256;
  private static final int LONGEST_VALUE = 200;
  private static final int LONGEST_EVIDENCE = 4096;

  private final Remediation remediation;
  private final Plan plan;
  private final ResolvedTarget target;
  private final Inquiry inquiry;
  private final List<Row> rows;

  Description(Remediation remediation, Inquiry inquiry, List<Row> rows) {
    this.remediation = remediation;
    this.plan = Objects.requireNonNull(remediation.statusOrEmpty().plan());
    this.target = Objects.requireNonNull(remediation.statusOrEmpty().target());
    this.inquiry = inquiry;
    this.rows = rows;
  }

  Proposal.Text text() {
    return new Proposal.Text(title(), body(), commitMessage());
  }

  private boolean reverts() {
    return inquiry.lane() == Lane.REVERT;
  }

  private String title() {
    String given = inquiry.repository().titleTemplate();
    String template = given == null || given.isBlank() ? TITLE : given;
    String title =
        template
            .replace("{action}", (reverts() ? "Revert " : "") + action())
            .replace("{target}", target.name())
            .replace("{namespace}", target.namespace())
            .replace("{alert}", Inert.words(cause(), 100));
    boolean says = !reverts() || title.contains("Revert");
    return Inert.cut((says ? "" : "Revert: ") + Inert.plain(title, LONGEST_TITLE), LONGEST_TITLE);
  }

  private String body() {
    StringBuilder body = new StringBuilder();
    body.append("## heal8s: ").append(headline()).append("\n\n");
    Alert alert = remediation.spec().alert();
    if (alert != null) {
      body.append("**Alert:** ").append(Inert.code(alert.name(), LONGEST_VALUE)).append("\n");
      body.append("**Severity:** ").append(severity(alert)).append("\n");
    }
    Detector detector = remediation.spec().detector();
    if (detector != null) {
      body.append("**Detector:** ").append(Inert.code(who(detector), LONGEST_VALUE)).append("\n");
    }
    body.append("**Target:** ").append(object()).append(" (").append(target.kind()).append(")\n");
    body.append("**Action:** ").append(reverts() ? "Revert of " : "").append(action());
    body.append("\n\n### What changes\n| Field | Before | After |\n|---|---|---|\n");
    for (Row row : rows) {
      body.append("| ").append(Inert.code(row.path(), LONGEST_VALUE));
      body.append(" | ").append(cell(row.before()));
      body.append(" | ").append(cell(row.after())).append(" |\n");
    }
    body.append("\nOne file, ").append(Inert.code(inquiry.repository().path(), 1024));
    body.append("; every other byte of it stays as it is.\n\n### Why\n").append(why(alert));
    body.append("\n### Undo\n").append(undo());
    body.append("\n### To refuse\n").append(refuse());
    body.append("\n### Details\n").append(details(alert));
    body.append("\n### Review\n").append(checklist());
    return body.append("\n").append(inquiry.marker().comment()).append("\n").toString();
  }

  private String why(@Nullable Alert alert) {
    Revert revert = remediation.statusOrEmpty().revert();
    if (reverts() && revert != null) {
      return "The change was merged and did not help: " + Inert.plain(revert.reason(), 1000) + "\n";
    }
    if (alert == null) {
      return "No alert: " + Inert.code(cause(), LONGEST_VALUE) + " was detected.\n";
    }
    List<String> lines = Evidence.of(alert);
    String said = lines.isEmpty() ? "The alert carries no text of its own.\n" : "";
    String evidence = Inert.block(String.join("\n", lines), LONGEST_EVIDENCE);
    return "The alert fired for this workload.\n" + (said.isEmpty() ? evidence + "\n" : said);
  }

  private String undo() {
    if (reverts()) {
      return "Revert this pull request to have the change back.\n";
    }
    String undo = plan.undo();
    return (undo == null ? "" : Inert.plain(undo, 1000) + "\n")
        + "If the workload is not healthy in time after the merge, heal8s opens a revert pull"
        + " request by itself.\n";
  }

  private String refuse() {
    return reverts()
        ? "Close this pull request without merging it. The Remediation then ends Failed"
            + " (RevertRefused) and the change stays.\n"
        : "Close this pull request without merging it (or delete its branch). The Remediation then"
            + " ends Failed (Refused), and the same cause is not proposed again for the policy's"
            + " `refusalTtl`. You may also change the values here before you merge: heal8s verifies"
            + " what was merged.\n";
  }

  private String details(@Nullable Alert alert) {
    StringBuilder details = new StringBuilder();
    details.append("- **Remediation:** `").append(remediationName()).append("`");
    if (!inquiry.marker().cluster().isEmpty()) {
      details.append(" in cluster ").append(Inert.code(inquiry.marker().cluster(), LONGEST_VALUE));
    }
    details.append("\n- **Plan:** ").append(Inert.code(plan.id(), LONGEST_VALUE)).append("\n");
    if (alert != null) {
      details.append("- **Fingerprint:** ");
      details.append(Inert.code(alert.fingerprint(), LONGEST_VALUE)).append("\n");
      if (alert.startsAt() != null) {
        details.append("- **Firing since:** ").append(utc(alert.startsAt())).append("\n");
      }
    }
    OffsetDateTime created = remediation.metadata().getCreationTimestamp();
    if (created != null) {
      details.append("- **Timestamp:** ").append(utc(created)).append("\n");
    }
    return details.toString();
  }

  private static String checklist() {
    return """
    - [ ] The values are right for this workload
    - [ ] The nodes (or the quota) have room for them
    - [ ] The cause itself is understood, or somebody looks for it
    - [ ] Nothing else changes in this file
    """;
  }

  private String commitMessage() {
    StringBuilder message = new StringBuilder();
    message.append("heal8s: ").append(reverts() ? "Revert " : "").append(action());
    message.append(" for ").append(object()).append("\n\n");
    message.append(target.kind()).append(" ").append(object()).append(" in ");
    message.append(Inert.plain(inquiry.repository().path(), 1024)).append(":\n");
    for (Row row : rows) {
      message.append("  ").append(Inert.plain(row.path(), LONGEST_VALUE)).append(": ");
      message.append(shown(row.before())).append(" -> ").append(shown(row.after())).append("\n");
    }
    Revert revert = remediation.statusOrEmpty().revert();
    if (reverts() && revert != null) {
      message.append("\nWhy: ").append(Inert.plain(revert.reason(), 500)).append("\n");
    } else {
      message.append("\nWhy: ").append(cause(remediation.spec().alert())).append("\n");
      if (plan.undo() != null) {
        message.append("Undo: ").append(Inert.plain(plan.undo(), 500)).append("\n");
      }
    }
    message.append("To refuse: delete this branch (or close its pull request) without merging.\n");
    message.append("\nHeal8s-Plan: ").append(Inert.words(plan.id(), 128)).append("\n");
    return message.append(inquiry.marker().trailer()).append("\n").toString();
  }

  private String cause(@Nullable Alert alert) {
    String name = Inert.words(cause(), LONGEST_VALUE);
    if (alert == null) {
      return "detected " + name;
    }
    String since = alert.startsAt() == null ? "" : ", firing since " + utc(alert.startsAt());
    return "alert " + name + " (" + severity(alert) + ")" + since;
  }

  private String cause() {
    Alert alert = remediation.spec().alert();
    if (alert != null) {
      return alert.name();
    }
    Detector detector = remediation.spec().detector();
    return detector == null ? "unknown" : detector.reason();
  }

  private String headline() {
    return (reverts() ? "revert " : "") + action() + " for " + object();
  }

  private String action() {
    return Objects.requireNonNull(remediation.spec().action().type()).name();
  }

  private String object() {
    return target.namespace() + "/" + target.name();
  }

  private String remediationName() {
    return remediation.metadata().getNamespace() + "/" + remediation.metadata().getName();
  }

  private static String who(Detector detector) {
    return detector.kind() + " " + detector.name() + " (" + detector.reason() + ")";
  }

  private static String severity(Alert alert) {
    return alert.severity() == null ? "unknown" : alert.severity().name();
  }

  private static String cell(@Nullable String value) {
    return value == null ? "not set" : Inert.code(value, LONGEST_VALUE);
  }

  private static String shown(@Nullable String value) {
    return value == null ? "not set" : Inert.plain(value, LONGEST_VALUE);
  }

  private static String utc(OffsetDateTime time) {
    return time.withOffsetSameInstant(ZoneOffset.UTC)
        .withNano(0)
        .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  }
}
