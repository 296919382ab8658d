// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** Says in one line why a file cannot be read and what to do about it. */
final class UnreadableFile {

  private static final int LONGEST_PROBLEM = 160;

  private UnreadableFile() {}

  static RefusedException explain(Source source, RuntimeException problem) {
    int line = line(source, problem);
    int template = source.text().indexOf("{{");
    if (template >= 0 && source.line(template) <= line) {
      return template(source.line(template));
    }
    return new RefusedException(
        Refusal.UNREADABLE, line, "not valid YAML: " + words(problem) + "; correct the file first");
  }

  static RefusedException template(int line) {
    return new RefusedException(
        Refusal.TEMPLATE,
        line,
        "a template expression ({{ }}) stands here, so the file is a manifest only after rendering;"
            + " edit the values that it is rendered from");
  }

  /** Whether a map that begins another map's key is really {@code {{ … }}} without quotes. */
  static boolean isTemplate(Node.Mapping outer, Node key) {
    return outer.flow
        && key instanceof Node.Mapping inner
        && inner.flow
        && inner.start == outer.contentStart + 1;
  }

  private static int line(Source source, RuntimeException problem) {
    return switch (problem) {
      case MarkedYamlEngineException marked -> {
        Optional<Mark> mark = marked.getProblemMark().or(marked::getContextMark);
        yield mark.map(m -> source.line(source.offset(m.getIndex()))).orElse(1);
      }
      case ReaderException unprintable -> unprintableLine(source);
      default -> 1;
    };
  }

  /** The reader counts from its buffer, so the character is looked for in the text itself. */
  private static int unprintableLine(Source source) {
    String text = source.text();
    for (int i = 0; i < text.length(); i++) {
      if (ScalarWriter.isUnprintable(text.charAt(i))) {
        return source.line(i);
      }
    }
    return 1;
  }

  private static String words(RuntimeException problem) {
    String words =
        switch (problem) {
          case MarkedYamlEngineException marked -> marked.getProblem();
          case ReaderException unprintable -> "it holds a control character";
          default -> null;
        };
    if (words == null || words.isBlank()) {
      return "the parser gave up";
    }
    return words.length() > LONGEST_PROBLEM ? words.substring(0, LONGEST_PROBLEM) + "…" : words;
  }
}
