// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.pr.intent.FileContent;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Sighting;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a mirror what became of one branch of ours. Merged means: our commit is reachable from
 * the base, or the base's file holds other values at the plan's paths than when we branched. The
 * first sees merges and fast-forwards, the second squashes, rebases and a reviewer's own value.
 */
final class BranchReading implements AutoCloseable {

  private static final int DEEPEST = 500;

  private final Inquiry inquiry;
  private final OneFile file;
  private final int longestFile;
  private final String url;
  private final ObjectReader reader;
  private final RevWalk walk;
  private final RevCommit base;
  private final @Nullable RevCommit tip;

  BranchReading(Repository repository, ObjectId base, Inquiry inquiry, String url, int longestFile)
      throws IOException {
    this.inquiry = inquiry;
    this.url = url;
    this.longestFile = longestFile;
    this.file = new OneFile(inquiry.repository().path());
    this.reader = repository.newObjectReader();
    this.walk = new RevWalk(reader);
    this.base = walk.parseCommit(base);
    Ref branch = repository.exactRef(Constants.R_HEADS + inquiry.branch());
    this.tip = branch == null ? null : walk.parseCommit(branch.getObjectId());
  }

  /** The base's file; null when it has none. */
  @Nullable FileContent baseFile() throws IOException {
    return file.read(reader, base.getTree(), longestFile);
  }

  /** What there is now; {@link Sighting.Nothing} also for a branch of which only status tells. */
  Sighting sighting() throws IOException {
    RevCommit own = tip == null ? null : own(tip);
    if (tip != null && own == null) {
      return new Sighting.Foreign(
          "branch "
              + inquiry.branch()
              + " of "
              + url
              + " was not made by heal8s for this Remediation; delete or rename it");
    }
    RevCommit pushed = own == null ? known(inquiry.headSHA()) : own;
    RevCommit from =
        own != null && own.getParentCount() == 1
            ? walk.parseCommit(own.getParent(0))
            : known(inquiry.baseSHA());
    if (inquiry.headSHA() == null && own == null) {
      return new Sighting.Nothing();
    }
    Sighting.Details details = details(pushed, from);
    Sighting merged = merged(details, pushed, from);
    if (merged != null) {
      return merged;
    }
    return tip == null ? new Sighting.Nothing() : new Sighting.Open(details, null);
  }

  /** What is known of a branch that is gone. */
  Sighting.Details goneDetails() throws IOException {
    return details(known(inquiry.headSHA()), known(inquiry.baseSHA()));
  }

  /** Whether nobody but us has a commit on the branch. */
  boolean untouched() throws IOException {
    RevCommit own = tip == null ? null : own(tip);
    boolean asPushed =
        inquiry.headSHA() == null || (tip != null && tip.name().equals(inquiry.headSHA()));
    return tip != null && tip.equals(own) && asPushed;
  }

  /** Where the branch points; null when there is none. */
  @Nullable RevCommit tip() {
    return tip;
  }

  private Sighting.Details details(@Nullable RevCommit pushed, @Nullable RevCommit from) {
    return new Sighting.Details(
        null,
        url + "#" + inquiry.branch(),
        inquiry.headSHA() != null || pushed == null ? inquiry.headSHA() : pushed.name(),
        tip == null ? null : tip.name(),
        from == null ? inquiry.baseSHA() : from.name(),
        null);
  }

  private Sighting.@Nullable Merged merged(
      Sighting.Details details, @Nullable RevCommit pushed, @Nullable RevCommit from)
      throws IOException {
    List<MergedValue> now = values(base);
    boolean reachable = pushed != null && contains(base, pushed);
    List<MergedValue> then = from == null ? null : values(from);
    boolean differs = now != null && then != null && !inquiry.probe().same(now, then);
    if (!reachable && !differs) {
      return null;
    }
    String by = mergeCommit(now, from);
    return new Sighting.Merged(details, by, null, now == null ? List.of() : now, null);
  }

  /** The newest commit of the base's own line that changed the values to what they are. */
  private @Nullable String mergeCommit(@Nullable List<MergedValue> now, @Nullable RevCommit from)
      throws IOException {
    RevCommit commit = base;
    for (int i = 0; i < DEEPEST && now != null && commit.getParentCount() > 0; i++) {
      if (commit.equals(from)) {
        return null;
      }
      RevCommit parent = walk.parseCommit(commit.getParent(0));
      List<MergedValue> before = values(parent);
      if (before == null || !inquiry.probe().same(before, now)) {
        return commit.name();
      }
      commit = parent;
    }
    return null;
  }

  private @Nullable List<MergedValue> values(RevCommit commit) throws IOException {
    FileContent content = file.read(reader, commit.getTree(), longestFile);
    return content == null ? null : inquiry.probe().read(content);
  }

  private boolean contains(RevCommit descendant, RevCommit ancestor) throws IOException {
    walk.reset();
    return walk.isMergedInto(ancestor, descendant);
  }

  /**
   * A commit of ours on a branch; null when the branch is not ours. The branch may have been merged
   * already, so that the base is no bound for the search.
   */
  private @Nullable RevCommit own(RevCommit head) throws IOException {
    RevCommit recorded = known(inquiry.headSHA());
    if (recorded != null && contains(head, recorded)) {
      return recorded;
    }
    walk.reset();
    walk.markStart(head);
    for (int i = 0; i < DEEPEST; i++) {
      RevCommit commit = walk.next();
      if (commit == null) {
        return null;
      }
      if (inquiry.marker().marks(commit.getFullMessage())) {
        return commit;
      }
    }
    return null;
  }

  /** A commit that status names, if the mirror has it: history may have been rewritten since. */
  private @Nullable RevCommit known(@Nullable String sha) throws IOException {
    if (sha == null || !ObjectId.isId(sha) || !reader.has(ObjectId.fromString(sha))) {
      return null;
    }
    return walk.parseCommit(ObjectId.fromString(sha));
  }

  @Override
  public void close() {
    walk.close();
    reader.close();
  }
}
