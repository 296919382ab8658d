// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What says that a branch or a pull request is ours and for which Remediation it was made: a
 * trailer of the commit message and a hidden line at the end of a pull request's body. The
 * Remediation's uid is not part of it, so that a cluster restored from a backup finds its pull
 * requests again.
 *
 * @param cluster name of the cluster, any text
 * @param namespace namespace of the Remediation
 * @param name name of the Remediation
 * @param lane which of its pull requests
 */
public record Marker(String cluster, String namespace, String name, Lane lane) {

  private static final String TRAILER = "Heal8s-Remediation: ";
  private static final Pattern COMMENT =
      Pattern.compile(
          "<!-- heal8s-remediation: (change|revert) ((?:[A-Za-z0-9.-]|%[0-9A-F]{2})*)/([a-z0-9.-]+)/([a-z0-9.-]+) -->");

  /** The trailer line of a commit message. */
  public String trailer() {
    return TRAILER + id();
  }

  /** The hidden line of a pull request's body. */
  public String comment() {
    return "<!-- heal8s-remediation: " + id() + " -->";
  }

  /** Whether a commit was made for this marker: the trailer stands in the last paragraph. */
  public boolean marks(String commitMessage) {
    List<String> lines = commitMessage.strip().lines().toList();
    for (int i = lines.size() - 1; i >= 0 && !lines.get(i).isBlank(); i--) {
      if (lines.get(i).strip().equals(trailer())) {
        return true;
      }
    }
    return false;
  }

  /** The marker at the end of a pull request's body; empty where the body has none. */
  public static Optional<Marker> ofBody(String body) {
    // The last one counts: what stands above it may be text that came with an alert.
    List<String> lines = body.lines().map(String::strip).toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher comment = COMMENT.matcher(lines.get(i));
      if (comment.matches()) {
        Lane lane = comment.group(1).equals("change") ? Lane.CHANGE : Lane.REVERT;
        return Optional.of(
            new Marker(decode(comment.group(2)), comment.group(3), comment.group(4), lane));
      }
    }
    return Optional.empty();
  }

  private String id() {
    return lane.word() + " " + encode(cluster) + "/" + namespace + "/" + name;
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
      // Dashes too would be fine one by one, but two of them end an HTML comment.
      if (plain || (c == '-' && !encoded.toString().endsWith("-"))) {
        encoded.append(c);
      } else {
        encoded.append('%').append(String.format("%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  private static String decode(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[length++] = (byte) text.charAt(i);
      }
    }
    return new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8);
  }
}
