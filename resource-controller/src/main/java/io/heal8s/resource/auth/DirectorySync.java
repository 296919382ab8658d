// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.auth;

import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the users of a directory over. Who left the directory can no longer log in there. */
public final class DirectorySync {

  private static final Logger log = LoggerFactory.getLogger(DirectorySync.class);

  private final Directory directory;
  private final UserStore users;

  /** Makes it. */
  public DirectorySync(Directory directory, UserStore users) {
    this.directory = directory;
    this.users = users;
  }

  /** Takes everybody over. */
  public Report run() throws Directory.UnavailableException {
    int created = 0;
    int updated = 0;
    for (Directory.Entry entry : directory.users()) {
      UserStore.Synced synced =
          users.sync(
              new UserStore.NewUser(
                  entry.username(),
                  null,
                  entry.email(),
                  entry.displayName(),
                  false,
                  null,
                  User.Source.LDAP,
                  entry.bindName()));
      if (synced == null) {
        log.warn(
            "a user of another source has the name of one in the directory: {}", entry.username());
      } else if (synced.created()) {
        created++;
      } else {
        updated++;
      }
    }
    return new Report(created, updated);
  }

  /**
   * What changed.
   *
   * @param created users who are new here
   * @param updated users who were known
   */
  public record Report(int created, int updated) {
    /** All that were seen. */
    public int total() {
      return created + updated;
    }
  }
}
