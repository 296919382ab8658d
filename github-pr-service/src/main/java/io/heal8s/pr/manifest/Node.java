// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a document with its place in the text. Built once by {@link NodeReader} and not changed
 * afterwards.
 */
abstract sealed class Node {

  /** Offset of the first property (anchor, tag), or of the content when there is none. */
  final int start;

  /** Offset of the content itself. */
  final int contentStart;

  /** Anchor without its {@code &}. */
  final @Nullable String anchor;

  /** Tag as the parser resolved it. */
  final @Nullable String tag;

  private int end;
  private @Nullable Node parent;
  private final List<Alias> users = new ArrayList<>(0);

  private Node(int start, int contentStart, @Nullable String anchor, @Nullable String tag) {
    this.start = start;
    this.contentStart = contentStart;
    this.anchor = anchor;
    this.tag = tag;
  }

  /** Offset after the last character of the content, trailing blanks and comments excluded. */
  int end() {
    return end;
  }

  /** The map or sequence that holds this node; null for the root of a document. */
  @Nullable Node parent() {
    return parent;
  }

  /** Aliases that stand for this node, in the order of the text. */
  List<Alias> users() {
    return users;
  }

  void endsAt(int offset) {
    end = offset;
  }

  void belongsTo(Node owner) {
    parent = owner;
  }

  /** The node itself, or what it stands for. */
  Node resolved() {
    return this instanceof Alias alias ? alias.target : this;
  }

  /** Whether this is {@code null} in any spelling, or nothing at all. */
  boolean isNull() {
    return this instanceof Scalar scalar && scalar.type() == ScalarType.NULL;
  }

  /** Text, number, boolean or null. */
  static final class Scalar extends Node {

    final String value;
    final Style style;

    Scalar(
        int start,
        int contentStart,
        @Nullable String anchor,
        @Nullable String tag,
        String value,
        Style style) {
      super(start, contentStart, anchor, tag);
      this.value = value;
      this.style = style;
    }

    ScalarType type() {
      return ScalarType.of(tag, style == Style.PLAIN, value);
    }

    boolean isBlock() {
      return style == Style.LITERAL || style == Style.FOLDED;
    }
  }

  /** How a scalar is written. */
  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    LITERAL,
    FOLDED
  }

  /** A map. */
  static final class Mapping extends Node {

    final boolean flow;
    final List<Entry> entries = new ArrayList<>();

    Mapping(
        int start, int contentStart, @Nullable String anchor, @Nullable String tag, boolean flow) {
      super(start, contentStart, anchor, tag);
      this.flow = flow;
    }
  }

  /** A key and its value. */
  record Entry(Node key, Node value) {

    /** The key's text, null when the key is a map or a list. */
    @Nullable String name() {
      return key.resolved() instanceof Scalar scalar ? scalar.value : null;
    }

    /** Whether the entry takes over another map's entries. */
    boolean isMerge() {
      return key instanceof Scalar scalar
          && scalar.style == Style.PLAIN
          && scalar.value.equals("<<");
    }
  }

  /** A list. */
  static final class Sequence extends Node {

    final boolean flow;
    final List<Node> items = new ArrayList<>();

    Sequence(
        int start, int contentStart, @Nullable String anchor, @Nullable String tag, boolean flow) {
      super(start, contentStart, anchor, tag);
      this.flow = flow;
    }
  }

  /** Stands for an anchored node. */
  static final class Alias extends Node {

    final String name;
    final Node target;

    Alias(int start, String name, Node target) {
      super(start, start, null, null);
      this.name = name;
      this.target = target;
    }
  }
}
