// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.pr.intent.FileContent;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Reads one file of a commit's tree, and writes a tree in which only that file differs. */
record OneFile(String path) {

  /** Thrown for what is in the tree but is no file that could be edited. */
  static final class NotAFile extends IOException {
    private static final long serialVersionUID = 1L;

    NotAFile(String message) {
      super(message);
    }
  }

  /** Id of the file's content; null when there is nothing at the path. */
  @Nullable ObjectId id(ObjectReader reader, RevTree tree) throws IOException {
    try (TreeWalk walk = TreeWalk.forPath(reader, path, tree)) {
      if (walk == null) {
        return null;
      }
      FileMode mode = walk.getFileMode(0);
      if (mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)) {
        return walk.getObjectId(0);
      }
      throw new NotAFile(path + " is " + kind(mode) + ", not a regular file");
    }
  }

  /**
   * The file's content; null when there is nothing at the path.
   *
   * @throws NotAFile when it is a directory, a link, or longer than that
   */
  @Nullable FileContent read(ObjectReader reader, RevTree tree, int longest) throws IOException {
    ObjectId id = id(reader, tree);
    if (id == null) {
      return null;
    }
    ObjectLoader loader = reader.open(id, Constants.OBJ_BLOB);
    if (loader.getSize() > longest) {
      throw new NotAFile(path + " has " + loader.getSize() + " bytes, more than " + longest);
    }
    return FileContent.of(loader.getCachedBytes(longest));
  }

  /** A tree like that one with other content of this file, whose mode stays. */
  ObjectId replace(ObjectReader reader, ObjectInserter inserter, ObjectId tree, FileContent content)
      throws IOException {
    ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content.bytes());
    return replace(reader, inserter, tree, List.of(path.split("/", -1)), blob);
  }

  private ObjectId replace(
      ObjectReader reader,
      ObjectInserter inserter,
      ObjectId tree,
      List<String> segments,
      ObjectId blob)
      throws IOException {
    CanonicalTreeParser entries = new CanonicalTreeParser(null, reader, tree);
    TreeFormatter copy = new TreeFormatter();
    boolean found = false;
    for (; !entries.eof(); entries.next()) {
      byte[] name = new byte[entries.getNameLength()];
      entries.getName(name, 0);
      ObjectId id = entries.getEntryObjectId();
      if (entries.getEntryPathString().equals(segments.getFirst())) {
        found = true;
        List<String> rest = segments.subList(1, segments.size());
        id = rest.isEmpty() ? blob : replace(reader, inserter, id, rest, blob);
      }
      copy.append(name, entries.getEntryFileMode(), id);
    }
    if (!found) {
      throw new IOException("no " + segments.getFirst() + " on the way to " + path);
    }
    return inserter.insert(copy);
  }

  private static String kind(FileMode mode) {
    if (mode.equals(FileMode.TREE)) {
      return "a directory";
    }
    return mode.equals(FileMode.SYMLINK) ? "a symbolic link" : "another repository (submodule)";
  }
}
