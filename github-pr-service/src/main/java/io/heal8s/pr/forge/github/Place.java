// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.heal8s.pr.intent.FileContent;
import io.heal8s.pr.intent.Inquiry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHBranch;
import org.kohsuke.github.GHContent;
import org.kohsuke.github.GHRepository;

/**
 * Where an inquiry is about, with the client that may look there.
 *
 * @param name owner and name as the policy spells them
 * @param longestFile largest file that is read, in bytes
 */
record Place(
    GithubClient client,
    RepositoryName name,
    GHRepository repository,
    Inquiry inquiry,
    int longestFile) {

  /** Where the base branch points. */
  String base() throws IOException {
    String base = inquiry.repository().baseBranch();
    return tip(base).orElseThrow(() -> new NoBaseBranch(base));
  }

  /** Where a branch points. */
  Optional<String> tip(String branch) throws IOException {
    try {
      GHBranch found = repository.getBranch(branch);
      return Optional.of(found.getSHA1());
    } catch (IOException missing) {
      return absent(missing);
    }
  }

  /** The file at a commit; null when there is none. */
  @Nullable FileContent file(String commit) throws IOException {
    String path = inquiry.repository().path();
    GHContent content;
    try {
      content = repository.getFileContent(path, commit);
    } catch (IOException notOne) {
      // A directory is answered with a list, which is no content for the library.
      for (Throwable cause = notOne; cause != null; cause = cause.getCause()) {
        if (cause instanceof MismatchedInputException) {
          throw new GithubTrouble.NotAFile(path, "a directory");
        }
      }
      return Place.<FileContent>absent(notOne).orElse(null);
    }
    if (!"file".equals(content.getType())) {
      throw new GithubTrouble.NotAFile(path, "a " + content.getType());
    }
    if (content.getSize() > longestFile) {
      throw new GithubTrouble.NotAFile(path, "larger than " + longestFile + " bytes");
    }
    // Larger files than a megabyte come without their content.
    boolean inline = "base64".equals(content.getEncoding());
    try (InputStream bytes =
        inline ? content.read() : repository.getBlob(content.getSha()).read()) {
      return FileContent.of(bytes.readAllBytes());
    }
  }

  private static <T> Optional<T> absent(IOException failure) throws IOException {
    if (GithubFailure.isNotFound(failure)) {
      return Optional.empty();
    }
    throw failure;
  }

  /** The repository has no base branch of that name. */
  static final class NoBaseBranch extends IOException {
    private static final long serialVersionUID = 1L;

    NoBaseBranch(String branch) {
      super(branch);
    }
  }
}
