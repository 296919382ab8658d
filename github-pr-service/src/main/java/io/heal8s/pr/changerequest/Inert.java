// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

/**
 * Makes text that came from outside harmless where it is shown: it notifies nobody, closes no
 * issue, renders no HTML, forges no marker and ends no line. Markdown rules are CommonMark's and
 * GitHub's.
 */
final class Inert {

  /** Longest event message that events.k8s.io/v1 takes, in characters. */
  private static final int LONGEST_EVENT = 1024;

  private Inert() {}

  /**
   * For titles and commit messages, which no forge lets us quote: one line of letters, digits and a
   * few signs that mean nothing to a forge; everything else becomes a middle dot.
   *
   * @param longest at most that many characters
   */
  static String words(String text, int longest) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .forEach(c -> plain.appendCodePoint(isWord(c) ? c : Character.isWhitespace(c) ? ' ' : '·'));
    return plain.toString().strip();
  }

  /**
   * One line of plain text that keeps all its visible characters: an invisible one parts what a
   * forge would take for a mention, an issue or an address.
   *
   * @param longest at most that many characters of the text
   */
  static String plain(String text, int longest) {
    return oneLine(cut(text, longest))
        .replace("@", "@\u200B")
        .replace("#", "#\u200B")
        .replace("://", ":\u200B//")
        .replace("<", "<\u200B");
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c) || c == ' ' || c == '_' || c == '-' || c == '.' || c == ':';
  }

  /** A code span: nothing in it is interpreted. Also safe in a table's cell. */
  static String code(String text, int longest) {
    String line = oneLine(cut(text, longest));
    String fence = "`".repeat(longestRun(line) + 1);
    String edge = line.startsWith("`") || line.endsWith("`") || line.isEmpty() ? " " : "";
    // In a table even a code span ends at a pipe; the escaped form is shown as a pipe there.
    return fence + edge + line.replace("|", "\\|") + edge + fence;
  }

  /** A fenced block; line ends are kept, other control characters are not. */
  static String block(String text, int longest) {
    StringBuilder lines = new StringBuilder();
    cut(text, longest)
        .replace("\r\n", "\n")
        .codePoints()
        .forEach(c -> lines.appendCodePoint(c == '\n' || !isControl(c) ? c : ' '));
    // Nothing in a block is a comment, but our own marker is looked for line by line.
    String plain = lines.toString().replace("<!--", "<\u200B!--");
    String fence = "`".repeat(Math.max(3, longestRun(plain) + 1));
    return fence + "text\n" + plain.stripTrailing() + "\n" + fence;
  }

  /** At most as long as an event may be. */
  static String event(String message) {
    return cut(message, LONGEST_EVENT);
  }

  /** The text, or its beginning with an ellipsis. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
    return text.substring(0, end) + "…";
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(c -> line.appendCodePoint(isControl(c) ? ' ' : c));
    return line.toString().replace("<!--", "<\u200B!--").strip();
  }

  /** Control characters and those that turn the direction of text round. */
  private static boolean isControl(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
