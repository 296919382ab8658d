// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Builds the documents of a file from the parser's events. The events alone are used, not the
 * parser's own nodes: only they tell apart an alias and what it stands for.
 */
final class NodeReader {

  /** Deeper files are no manifests, and later steps walk the nodes recursively. */
  private static final int MAX_DEPTH = 300;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setUseMarks(true)
          .setCodePointLimit(Integer.MAX_VALUE)
          .setBufferSize(16 * 1024)
          .build();

  private final Source source;
  private final List<Document> documents = new ArrayList<>();
  private final Deque<Node> open = new ArrayDeque<>();
  private final Deque<Node> pendingKeys = new ArrayDeque<>();
  private final Map<String, Node> anchors = new HashMap<>();
  private Document.Builder document = new Document.Builder();

  private NodeReader(Source source) {
    this.source = source;
  }

  /** Reads all documents; refuses what is no YAML and what is a template. */
  static List<Document> read(Source source) {
    try {
      NodeReader reader = new NodeReader(source);
      for (Event event : new Parse(SETTINGS).parseString(source.text())) {
        reader.accept(event);
      }
      return reader.documents;
    } catch (RefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      // The parser also lets plain index and state errors out on some malformed input.
      throw UnreadableFile.explain(source, e);
    }
  }

  private void accept(Event event) {
    switch (event.getEventId()) {
      case DocumentStart -> {
        document = new Document.Builder();
        anchors.clear();
      }
      case DocumentEnd -> documents.add(document.build());
      case MappingStart -> openMapping((MappingStartEvent) event);
      case SequenceStart -> openSequence((SequenceStartEvent) event);
      case MappingEnd, SequenceEnd -> close(event);
      case Scalar -> add(scalar((ScalarEvent) event));
      case Alias -> add(alias((AliasEvent) event));
      case StreamStart, StreamEnd, Comment -> {}
    }
  }

  private void openMapping(MappingStartEvent event) {
    int start = start(event);
    int content =
        event.isFlow() || hasProperties(event) ? skipProperties(start, end(event)) : start;
    Node.Mapping mapping =
        new Node.Mapping(
            start, content, anchor(event), event.getTag().orElse(null), event.isFlow());
    openCollection(mapping);
  }

  private void openSequence(SequenceStartEvent event) {
    int start = start(event);
    int content =
        event.isFlow() || hasProperties(event) ? skipProperties(start, end(event)) : start;
    openCollection(
        new Node.Sequence(
            start, content, anchor(event), event.getTag().orElse(null), event.isFlow()));
  }

  private void openCollection(Node node) {
    add(node);
    if (open.size() >= MAX_DEPTH) {
      throw new RefusedException(
          Refusal.UNREADABLE,
          source.line(node.start),
          "nested deeper than " + MAX_DEPTH + " levels; no manifest is");
    }
    open.push(node);
  }

  private void close(Event event) {
    Node node = open.pop();
    switch (node) {
      case Node.Mapping mapping -> {
        mapping.endsAt(
            mapping.flow || mapping.entries.isEmpty()
                ? end(event)
                : mapping.entries.getLast().value().end());
        document.noteDuplicates(source, mapping);
      }
      case Node.Sequence sequence ->
          sequence.endsAt(
              sequence.flow || sequence.items.isEmpty()
                  ? end(event)
                  : sequence.items.getLast().end());
      case Node.Scalar scalar -> scalar.endsAt(end(event));
      case Node.Alias alias -> alias.endsAt(end(event));
    }
  }

  private Node scalar(ScalarEvent event) {
    int start = start(event);
    int end = end(event);
    int content = hasProperties(event) ? skipProperties(start, end) : start;
    Node.Style style = style(event.getScalarStyle());
    Node.Scalar scalar =
        new Node.Scalar(
            start, content, anchor(event), event.getTag().orElse(null), event.getValue(), style);
    scalar.endsAt(scalar.isBlock() ? BlockScalars.contentEnd(source.text(), content, end) : end);
    document.noteStyle(style);
    return scalar;
  }

  private Node alias(AliasEvent event) {
    String name = event.getAlias().getValue();
    Node target = anchors.get(name);
    int start = start(event);
    if (target == null) {
      throw new RefusedException(
          Refusal.UNREADABLE,
          source.line(start),
          "the alias *" + name + " has no anchor &" + name + " before it");
    }
    Node.Alias alias = new Node.Alias(start, name, target);
    alias.endsAt(end(event));
    target.users().add(alias);
    return alias;
  }

  private void add(Node node) {
    if (node.anchor != null) {
      if (anchors.put(node.anchor, node) != null) {
        document.noteRedefinition(node.anchor);
      }
    }
    Node owner = open.peek();
    switch (owner) {
      case null -> document.setRoot(node);
      case Node.Mapping mapping -> addToMapping(mapping, node);
      case Node.Sequence sequence -> {
        node.belongsTo(sequence);
        sequence.items.add(node);
      }
      case Node.Scalar scalar ->
          throw new IllegalStateException("inside a scalar: " + scalar.value);
      case Node.Alias alias -> throw new IllegalStateException("inside an alias: " + alias.name);
    }
  }

  /** Keys and values arrive in turn; a key waits on its map's level until its value comes. */
  private void addToMapping(Node.Mapping mapping, Node node) {
    node.belongsTo(mapping);
    Node key = pendingKeys.peek();
    if (key != null && key.parent() == mapping) {
      pendingKeys.pop();
      mapping.entries.add(new Node.Entry(key, node));
    } else {
      if (UnreadableFile.isTemplate(mapping, node)) {
        throw UnreadableFile.template(source.line(mapping.start));
      }
      pendingKeys.push(node);
    }
  }

  private int start(Event event) {
    return source.offset(mark(event.getStartMark()));
  }

  private int end(Event event) {
    return source.offset(mark(event.getEndMark()));
  }

  private static int mark(Optional<Mark> mark) {
    return mark.orElseThrow(() -> new IllegalStateException("marks are switched on")).getIndex();
  }

  private static boolean hasProperties(NodeEvent event) {
    return event.getAnchor().isPresent()
        || (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
        || (event instanceof MappingStartEvent mapping && mapping.getTag().isPresent())
        || (event instanceof SequenceStartEvent sequence && sequence.getTag().isPresent());
  }

  private int skipProperties(int start, int end) {
    return Properties.contentStart(source.text(), start, end);
  }

  private static @Nullable String anchor(NodeEvent event) {
    return event.getAnchor().map(Anchor::getValue).orElse(null);
  }

  private static Node.Style style(ScalarStyle style) {
    return switch (style) {
      case DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Node.Style.DOUBLE_QUOTED;
      case SINGLE_QUOTED -> Node.Style.SINGLE_QUOTED;
      case LITERAL -> Node.Style.LITERAL;
      case FOLDED -> Node.Style.FOLDED;
      case PLAIN -> Node.Style.PLAIN;
    };
  }
}
