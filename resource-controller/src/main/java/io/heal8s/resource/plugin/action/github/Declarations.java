// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Reads in the repository which inputs its workflows declare. */
final class Declarations {

  private final GithubApi api;

  Declarations(GithubApi api) {
    this.api = api;
  }

  /** What came of reading. */
  sealed interface Declared {
    /**
     * All that can be known.
     *
     * @param inputs names; empty when the file is not for us to read, or no workflow
     */
    record Known(Optional<Set<String>> inputs) implements Declared {}

    /**
     * GitHub did not answer this time.
     *
     * @param reply what it said instead
     */
    record NotNow(Reply reply) implements Declared {}
  }

  /**
   * Reads.
   *
   * @param who wants it: the same when it comes back after a wait
   */
  Declared of(String who, Target target, String workflow, Access access) {
    if (!workflow.matches("\\d+")) {
      return inFile(who, target, workflow, access);
    }
    Reply reply = api.get(who, target.path() + "/actions/workflows/" + workflow, access);
    return reply instanceof Reply.Ok ok
        ? inFile(who, target, ok.body().path("path").asString("").replaceFirst(".*/", ""), access)
        : withoutAnswer(reply);
  }

  private Declared inFile(String who, Target target, String file, Access access) {
    Reply reply =
        api.get(
            who,
            target.path()
                + "/contents/.github/workflows/"
                + file
                + "?ref="
                + URLEncoder.encode(target.ref(), StandardCharsets.UTF_8),
            access);
    return reply instanceof Reply.Ok ok
        ? new Declared.Known(inputs(ok.body().path("content").asString("")))
        : withoutAnswer(reply);
  }

  private static Declared withoutAnswer(Reply reply) {
    return switch (reply) {
      case Reply.Ok _, Reply.Refused _ -> new Declared.Known(Optional.empty());
      case Reply.Limited _, Reply.NotSent _, Reply.Unsure _ -> new Declared.NotNow(reply);
    };
  }

  private static Optional<Set<String>> inputs(String base64) {
    try {
      byte[] text = Base64.getMimeDecoder().decode(base64);
      return WorkflowFile.inputs(new String(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
