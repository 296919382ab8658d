// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.git;

import io.heal8s.resource.plugin.input.document.Sheet;
import io.heal8s.resource.plugin.input.document.SheetReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.FileUtils;

/** A short-lived bare copy of one commit of the branch, deleted when it was read. */
final class Checkout implements AutoCloseable {

  private static final int LARGEST_FILE = 4 << 20;

  private final GitSource source;
  private final Path directory;
  private final Repository repository;

  Checkout(GitSource source) throws IOException {
    this.source = source;
    this.directory = Files.createTempDirectory("heal8s-git-");
    this.repository = new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
    repository.create(true);
    StoredConfig config = repository.getConfig();
    Remote.keepCredentialsHome(config);
    config.setBoolean("gc", null, "autoDetach", false);
    config.save();
  }

  /**
   * Fetches the branch and reads the directory.
   *
   * @return the commit, and a sheet for each file
   * @throws IOException when the repository cannot be read, or has no such directory
   */
  Contents read() throws IOException {
    String ref = Constants.R_HEADS + source.branch();
    try (Transport transport = new Remote(source).transport(repository)) {
      transport.setDepth(1);
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.fetch(NullProgressMonitor.INSTANCE, List.of(new RefSpec("+" + ref + ":" + ref)));
    }
    ObjectId head = repository.resolve(ref);
    if (head == null) {
      throw new IOException("there is no branch " + source.branch());
    }
    try (RevWalk walk = new RevWalk(repository)) {
      return new Contents(head, sheets(walk.parseCommit(head).getTree()));
    }
  }

  /**
   * What there is.
   *
   * @param commit of the branch
   * @param sheets one for each file
   */
  record Contents(ObjectId commit, List<Sheet> sheets) {}

  private List<Sheet> sheets(RevTree tree) throws IOException {
    SheetReader reader = new SheetReader(source.source());
    List<Sheet> sheets = new ArrayList<>();
    String prefix = source.path().isEmpty() ? "" : source.path() + "/";
    boolean found = prefix.isEmpty();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        if (walk.getPathString().startsWith(prefix)) {
          found = true;
          if (isOurs(walk)) {
            sheets.add(sheet(reader, walk));
          }
        }
      }
    }
    if (!found) {
      // Git keeps no empty directory, and a misspelled one must not delete everything.
      throw new IOException(
          "there is no directory %s; to have nothing there, keep a README in it"
              .formatted(source.path()));
    }
    return sheets;
  }

  private static boolean isOurs(TreeWalk walk) {
    String path = walk.getPathString();
    boolean hidden = path.startsWith(".") || path.contains("/.");
    return !hidden
        && (walk.getFileMode().getObjectType() == Constants.OBJ_BLOB)
        && (path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json"));
  }

  private Sheet sheet(SheetReader reader, TreeWalk walk) throws IOException {
    ObjectLoader file = repository.open(walk.getObjectId(0), Constants.OBJ_BLOB);
    return file.getSize() > LARGEST_FILE
        ? Sheet.unreadable(walk.getPathString(), "is larger than 4 MiB")
        : reader.read(
            walk.getPathString(), new String(file.getBytes(LARGEST_FILE), StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    repository.close();
    FileUtils.delete(
        directory.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING | FileUtils.RETRY);
  }
}
