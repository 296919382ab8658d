// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.conversation;

import static io.heal8s.test.conversation.Turn.Given.ALLOWED;
import static io.heal8s.test.conversation.Turn.Given.ANSWER_LOST;
import static io.heal8s.test.conversation.Turn.Given.AWAY;
import static io.heal8s.test.conversation.Turn.Given.FORBIDDEN;
import static io.heal8s.test.conversation.Turn.Given.MERGED;
import static io.heal8s.test.conversation.Turn.Given.NOTHING_THERE;
import static io.heal8s.test.conversation.Turn.Given.OPEN;
import static io.heal8s.test.conversation.Turn.Given.STILL_NOTHING_THERE;
import static io.heal8s.test.conversation.Turn.Speaker.OPERATOR;
import static io.heal8s.test.conversation.Turn.Speaker.PR_SERVICE;

import io.heal8s.test.conversation.Turn.Given;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversations of remediation-operator and github-pr-service, each from the gate on. */
public final class Conversations {

  private static final String AWAY_FROM_FORGE = "False/ForgeUnavailable";
  private static final String MISSING = "Unknown/Pending";

  private Conversations() {}

  /** The forge made the pull request, nobody heard of it, and then the policy forbids it. */
  public static List<Turn> madeUnheardAndForbidden() {
    return List.of(
        operator(ALLOWED, true, "Pending", "ReadyToAct", null, null),
        prService(NOTHING_THERE, true, "Pending", "ReadyToAct", "Pending", "False/Pending"),
        prService(ANSWER_LOST, true, "Pending", "ReadyToAct", "Pending", AWAY_FROM_FORGE),
        operator(ALLOWED, true, "Pending", "ForgeUnavailable", "Pending", AWAY_FROM_FORGE),
        operator(FORBIDDEN, false, "Pending", "ActionNotAllowed", "Pending", AWAY_FROM_FORGE),
        prService(AWAY, false, "Pending", "ActionNotAllowed", "Pending", AWAY_FROM_FORGE),
        prService(OPEN, false, "Pending", "ActionNotAllowed", "Open", "True/Opened"),
        operator(FORBIDDEN, true, "PRCreated", "PullRequestOpen", "Open", "True/Opened"),
        prService(MERGED, true, "PRCreated", "PullRequestOpen", "Merged", "False/Merged"),
        operator(FORBIDDEN, true, "Applying", "Merged", "Merged", "False/Merged"));
  }

  /** The answer is lost, the policy forbids it, and the forge shows nothing before it makes it. */
  public static List<Turn> madeLateAndForbidden() {
    return List.of(
        operator(ALLOWED, true, "Pending", "ReadyToAct", null, null),
        prService(NOTHING_THERE, true, "Pending", "ReadyToAct", "Pending", "False/Pending"),
        prService(ANSWER_LOST, true, "Pending", "ReadyToAct", "Pending", AWAY_FROM_FORGE),
        operator(FORBIDDEN, false, "Pending", "ActionNotAllowed", "Pending", AWAY_FROM_FORGE),
        prService(NOTHING_THERE, false, "Pending", "ActionNotAllowed", "Pending", MISSING),
        prService(OPEN, false, "Pending", "ActionNotAllowed", "Open", "True/Opened"),
        operator(FORBIDDEN, true, "PRCreated", "PullRequestOpen", "Open", "True/Opened"));
  }

  /** It is allowed again while it is missing: asked for once more, and its plan stays. */
  public static List<Turn> missingAndAllowedAgain() {
    return List.of(
        operator(ALLOWED, true, "Pending", "ReadyToAct", null, null),
        prService(NOTHING_THERE, true, "Pending", "ReadyToAct", "Pending", "False/Pending"),
        operator(FORBIDDEN, false, "Pending", "ActionNotAllowed", "Pending", "False/Pending"),
        prService(NOTHING_THERE, false, "Pending", "ActionNotAllowed", "Pending", MISSING),
        operator(ALLOWED, true, "Pending", "ReadyToAct", "Pending", MISSING),
        prService(NOTHING_THERE, true, "Pending", "ReadyToAct", "Pending", "False/Pending"));
  }

  /** The forge never made it: what the policy forbids now is not begun, and may be later. */
  public static List<Turn> neverMadeAndForbidden() {
    return List.of(
        operator(ALLOWED, true, "Pending", "ReadyToAct", null, null),
        prService(NOTHING_THERE, true, "Pending", "ReadyToAct", "Pending", "False/Pending"),
        operator(FORBIDDEN, false, "Pending", "ActionNotAllowed", "Pending", "False/Pending"),
        prService(NOTHING_THERE, false, "Pending", "ActionNotAllowed", "Pending", MISSING),
        operator(FORBIDDEN, false, "Pending", "ActionNotAllowed", "Pending", MISSING),
        prService(STILL_NOTHING_THERE, false, "Pending", "ActionNotAllowed", null, null),
        operator(ALLOWED, true, "Pending", "ReadyToAct", null, null),
        prService(NOTHING_THERE, true, "Pending", "ReadyToAct", "Pending", "False/Pending"));
  }

  private static Turn operator(
      Given given,
      boolean gated,
      String phase,
      String reason,
      @Nullable String pullRequest,
      @Nullable String open) {
    return new Turn(OPERATOR, given, gated, phase, reason, pullRequest, open);
  }

  private static Turn prService(
      Given given,
      boolean gated,
      String phase,
      String reason,
      @Nullable String pullRequest,
      @Nullable String open) {
    return new Turn(PR_SERVICE, given, gated, phase, reason, pullRequest, open);
  }
}
